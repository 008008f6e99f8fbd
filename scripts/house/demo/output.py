"""What a run emitted, written into ``.odoo/out``."""

import base64
import json
import re
import shutil
from pathlib import Path

from .. import paths
from .simulator_api import SimulatorApi
from .user import LOGIN, User

PRIVATE_KEY = re.compile(rb"<(RSASK|RSAPUBK)>.*?</\1>\s*", re.DOTALL)


def start() -> None:
    """An empty folder for this run."""
    shutil.rmtree(paths.OUT, ignore_errors=True)
    for name in ("caf", "sii_keys"):
        (paths.OUT / name).mkdir(parents=True)


def write_document(user: User, invoice: int, document: dict) -> dict:
    """Write the files of one document; return its entry for ``run.json``."""
    name = f"{document['document_code']}_{document['folio']}"
    envio = user.read("l10n_cl.envio", document["envio_id"][0], "xml")
    caf = user.read("l10n_cl.caf", document["caf_id"][0], "xml", "document_code", "first")
    caf_xml = PRIVATE_KEY.sub(b"", base64.b64decode(caf["xml"]))
    files = {
        f"dte_{name}.xml": base64.b64decode(document["xml"]),
        f"envio_{document['track_id']}.xml": base64.b64decode(envio["xml"]),
        f"dte_{name}.pdf": user.print_invoice(invoice),
        f"caf/{caf['document_code']}_{caf['first']}.xml": caf_xml,
    }
    for path, content in files.items():
        (paths.OUT / path).write_bytes(content)
    return {
        "type": document["document_code"],
        "folio": document["folio"],
        "track_id": document["track_id"],
        "state": document["state"],
        "files": sorted(files),
    }


def write_run(
    user: User, simulator: SimulatorApi, documents: list[dict], keys: dict[str, str]
) -> Path:
    """Write the SII's key and ``run.json``; return the latter's path."""
    idk = simulator.get("state")["idk"]
    (paths.OUT / "sii_keys" / f"{idk}.cer").write_text(simulator.caf_public_key())
    run = {
        "base_url": user.url,
        "database": user.database,
        "login": LOGIN,
        "simulator_url": simulator.url,
        **keys,
        "documents": documents,
    }
    path = paths.OUT / "run.json"
    path.write_text(json.dumps(run, indent=2) + "\n")
    return path
