"""Fresh secrets where the fixture has none: no key lies in the repository.

They are put where 6ce047d kept them, so that the migrations find what they find at a customer's.
"""

import base64
import hashlib
import json
import secrets

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

# what Odoo finds an API key by (base/models/res_users.py)
_INDEX = 8
_ROUNDS = 6000
SIGNERS = {
    "76999123-9": ("12345678-5", "Ana Rojas Fuentes"),
    "96790240-3": ("11111111-1", "Pedro Soto"),
}
RESOLUTION_DATE = "2026-01-05"
ACTECO = "465100"
TYPES = (33, 34, 39, 41, 46, 56, 61)


class Secrets:
    """What was put in: ``api`` (key and secret of the program), ``webhook`` (its secret),
    ``private`` (PEM of the certificates' keys, by company's RUT), ``pfx``, ``cafs`` (their files).
    """

    def __init__(self, database, sii) -> None:
        self._database, self._sii = database, sii
        self.private, self.pfx, self.cafs = {}, {}, []
        self._settings()
        for rut, name in database.rows(
            "SELECT vat, p.name FROM res_partner p JOIN res_company c ON c.partner_id = p.id"
            " JOIN l10n_cl_issuer i ON i.company_id = c.id"
        ):
            self._company(rut, name)
        self._cafs()
        self.api = self._program()
        self.webhook = self._webhook()

    def _settings(self) -> None:
        self._database.rows("UPDATE res_users SET password = 'admin' WHERE login = 'admin'")
        for key, value in (
            ("l10n_cl_sii.base_url", self._sii.url),
            ("l10n_cl_sii.caf_authority.666", self._sii.caf_public_key()),
            ("database.secret", secrets.token_hex(16)),
        ):
            self._database.rows(
                "INSERT INTO ir_config_parameter (key, value) VALUES (%s, %s)", key, value
            )

    def _company(self, rut: str, name: str) -> None:
        signer, person_name = SIGNERS[rut]
        self._sii.register_company(
            {
                "rut": rut,
                "name": name,
                "resolution_date": RESOLUTION_DATE,
                "actecos": [ACTECO],
                "types": list(TYPES),
                "users": [signer],
            }
        )
        person = self._sii.issue_certificate({"rut": signer, "name": person_name})
        pfx = base64.b64decode(person["pfx_base64"])
        key, certificate, _others = pkcs12.load_key_and_certificates(
            pfx, person["password"].encode()
        )
        pem = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        self.private[rut], self.pfx[rut] = pem, pfx
        ((record, key_record),) = self._database.rows(
            "SELECT t.id, t.private_key_id FROM certificate_certificate t"
            " JOIN l10n_cl_issuer i ON i.certificate_id = t.id"
            " JOIN res_company c ON c.id = i.company_id"
            " JOIN res_partner p ON p.id = c.partner_id WHERE p.vat = %s",
            rut,
        )
        self._database.rows(
            "UPDATE certificate_certificate SET pkcs12_password = %s WHERE id = %s",
            person["password"],
            record,
        )
        self._file("certificate.certificate", "content", record, pfx)
        public = certificate.public_bytes(serialization.Encoding.PEM)
        self._file("certificate.certificate", "pem_certificate", record, public)
        self._file("certificate.key", "content", key_record, pem)
        self._file("certificate.key", "pem_key", key_record, pem)

    def _cafs(self) -> None:
        """The same ranges, with keys of their own: the SII gives them in the same order."""
        rows = self._database.rows(
            "SELECT id, issuer_rut, document_code, first, last FROM l10n_cl_caf"
            " ORDER BY issuer_rut, document_code, first"
        )
        for record, rut, code, first, last in rows:
            count = last - first + 1
            caf = self._sii.issue_caf({"rut": rut, "type": code, "count": count})
            assert (caf["first"], caf["last"]) == (first, last)
            file = caf["xml"].encode("iso-8859-1")
            self.cafs.append(file)
            self._file("l10n_cl.caf", "xml", record, file)

    def _file(self, model: str, field: str, record: int, content: bytes) -> None:
        """As Odoo keeps a file in the database."""
        changed = self._database.rows(
            "UPDATE ir_attachment SET db_datas = %s, file_size = %s, checksum = %s"
            " WHERE res_model = %s AND res_field = %s AND res_id = %s RETURNING id",
            content,
            len(content),
            hashlib.sha1(content).hexdigest(),
            model,
            field,
            record,
        )
        assert changed, (model, field, record)

    def _program(self) -> tuple[str, str]:
        secret = secrets.token_hex(20)
        ((api_key, user),) = self._database.rows(
            "SELECT c.api_key, c.user_id FROM l10n_cl_api_client c"
            " JOIN res_users_apikeys k ON k.user_id = c.user_id"
        )
        self._database.rows(
            'UPDATE res_users_apikeys SET key = %s, "index" = %s WHERE user_id = %s',
            _hashed(secret),
            secret[:_INDEX],
            user,
        )
        self._database.rows("UPDATE l10n_cl_api_client_secret SET secret = %s", secret)
        return api_key, secret

    def _webhook(self) -> str:
        secret = f"whsec_{secrets.token_urlsafe(32)}"
        self._database.rows("UPDATE l10n_cl_webhook SET secret = %s", secret)
        self._database.rows("UPDATE l10n_cl_webhook_secret SET secret = %s", secret)
        ((call, answer),) = self._database.rows("SELECT id, answer FROM l10n_cl_api_call")
        values = json.loads(answer)
        values["data"]["secret"] = secret
        self._database.rows(
            "UPDATE l10n_cl_api_call SET answer = %s WHERE id = %s", json.dumps(values), call
        )
        return secret

    def known(self) -> list[bytes]:
        """Every secret that was put in, as bytes to look for."""
        rsask = [file[file.index(b"<RSASK>") :].split(b"\n")[1] for file in self.cafs]
        keys = [pem.splitlines()[5] for pem in self.private.values()]
        return [*rsask, *keys, self.api[1].encode(), self.webhook.encode()]


def _hashed(secret: str) -> str:
    """An API key as Odoo keeps it: passlib's pbkdf2_sha512."""
    salt = secrets.token_bytes(16)
    digest = hashlib.pbkdf2_hmac("sha512", secret.encode(), salt, _ROUNDS)
    coded = (base64.b64encode(part, b"./").decode().rstrip("=") for part in (salt, digest))
    return "$".join(("", "pbkdf2-sha512", str(_ROUNDS), *coded))
