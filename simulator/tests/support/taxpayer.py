"""A company of the tests: makes documents and envelopes, right or wrong in one way."""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from xml.sax.saxutils import escape

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from lxml import etree
from signing import Signer

ISSUER = "76354771-K"
RECEIVER = "96790240-3"
PERSON = "12345678-5"
SII = "60803000-K"
ACTECO = 620100
RESOLUTION = "2014-08-22"
DECLARATION = '<?xml version="1.0" encoding="ISO-8859-1"?>\n'

Edit = Callable[[str], str]


def same(text: str) -> str:
    return text


def swap(old: str, new: str) -> Edit:
    """Replace a text that must be there."""

    def edit(text: str) -> str:
        assert old in text, f"{old} is not in {text}"
        return text.replace(old, new)

    return edit


def drop(tag: str) -> Edit:
    """Take out an element that must be there."""

    def edit(text: str) -> str:
        shorter = re.sub(rf"<{tag}>.*?</{tag}>\n?", "", text, count=1, flags=re.DOTALL)
        assert shorter != text, f"{tag} is not in {text}"
        return shorter

    return edit


class Caf:
    """A CAF file as received."""

    def __init__(self, xml: str):
        root = etree.fromstring(xml.encode("utf-8"))
        self.element = re.search(r"<CAF.*</CAF>", xml, re.DOTALL)[0]
        self._key = load_pem_private_key(root.findtext("RSASK").encode(), None)

    def stamp(self, dd: str) -> str:
        flat = re.sub(r">\s+<", "><", dd).encode("iso-8859-1")
        return base64.b64encode(self._key.sign(flat, PKCS1v15(), SHA1())).decode()


@dataclass
class Taxpayer:
    """An issuer with a signer and one CAF per type."""

    signer: Signer
    now: Callable[[], datetime]
    cafs: dict[int, Caf] = field(default_factory=dict)

    def dte(
        self,
        type_: int,
        folio: int,
        body: str,
        *,
        edit: Edit = same,
        edit_dd: Edit = same,
        edit_stamped: Edit = same,
        edit_signed: Edit = same,
        signer: Signer | None = None,
        tag: str = '<DTE xmlns="http://www.sii.cl/SiiDte" version="1.0">',
        name: str = "",
    ) -> bytes:
        """A signed DTE alone. Each edit comes before the next signature: ``edit`` before the
        stamp, ``edit_dd`` before its FRMT, ``edit_stamped`` before the XML signature."""
        body = edit(body)
        moment = self.now().strftime("%Y-%m-%dT%H:%M:%S")
        dd = edit_dd(_dd(body, self.cafs[type_].element, moment))
        ted = (
            f'<TED version="1.0">\n{dd}\n<FRMT algoritmo="SHA1withRSA">'
            f"{self.cafs[type_].stamp(dd)}</FRMT>\n</TED>"
        )
        name = name or f"F{folio}T{type_}"
        document = (
            f'{tag}\n<Documento ID="{name}">\n{body}{ted}\n'
            f"<TmstFirma>{moment}</TmstFirma>\n</Documento>\n</DTE>"
        )
        content = (DECLARATION + edit_stamped(document)).encode("iso-8859-1")
        signed = (signer or self.signer).sign(content, name)
        return edit_signed(signed.decode("iso-8859-1")).encode("iso-8859-1")

    def invoice(
        self,
        folio: int = 1,
        *,
        type_: int = 33,
        references: str = "",
        day: date | None = None,
        **edits,
    ) -> bytes:
        """A factura, or a note with the given references: one line, net 100000."""
        day = day or self.now().date()
        return self.dte(type_, folio, _body(type_, folio, day, references), **edits)

    def exempt(self, folio: int = 1, *, day: date | None = None, **edits) -> bytes:
        """A factura exenta of 100000."""
        day = day or self.now().date()
        body = _body(34, folio, day, "")
        body = re.sub(
            r"<MntNeto>.*</IVA>", "<MntExe>100000</MntExe>", body, flags=re.DOTALL
        ).replace("<MntTotal>119000", "<MntTotal>100000")
        body = body.replace("<NmbItem>", "<IndExe>1</IndExe><NmbItem>")
        return self.dte(34, folio, body, **edits)

    def envelope(
        self,
        *dtes: bytes,
        edit: Edit = same,
        edit_signed: Edit = same,
        signer: Signer | None = None,
        root: str = "EnvioDTE",
        schema: str = "EnvioDTE_v10.xsd",
    ) -> bytes:
        """EnvioDTE; ``edit`` comes before its signature, ``edit_signed`` after."""
        texts = [dte.decode("iso-8859-1").removeprefix(DECLARATION) for dte in dtes]
        types = [re.search(r"<TipoDTE>(\d+)", text)[1] for text in texts]
        subtotals = "".join(
            f"<SubTotDTE>\n<TpoDTE>{type_}</TpoDTE>\n<NroDTE>{types.count(type_)}</NroDTE>\n"
            "</SubTotDTE>\n"
            for type_ in sorted(set(types))
        )
        content = DECLARATION + (
            f'<{root} xmlns="http://www.sii.cl/SiiDte" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            f'xsi:schemaLocation="http://www.sii.cl/SiiDte {schema}" version="1.0">\n'
            '<SetDTE ID="SetDoc">\n<Caratula version="1.0">\n'
            f"<RutEmisor>{ISSUER}</RutEmisor>\n<RutEnvia>{PERSON}</RutEnvia>\n"
            f"<RutReceptor>{SII}</RutReceptor>\n<FchResol>{RESOLUTION}</FchResol>\n"
            "<NroResol>0</NroResol>\n"
            f"<TmstFirmaEnv>{self.now():%Y-%m-%dT%H:%M:%S}</TmstFirmaEnv>\n"
            f"{subtotals}</Caratula>\n" + "\n".join(texts) + f"\n</SetDTE>\n</{root}>\n"
        )
        signed = (signer or self.signer).sign(edit(content).encode("iso-8859-1"), "SetDoc")
        return edit_signed(signed.decode("iso-8859-1")).encode("iso-8859-1")


def reference(
    type_: int | str, folio: int | str, code: int | None, day: date, line: int = 1, other: str = ""
) -> str:
    code_ref = f"<CodRef>{code}</CodRef>" if code else ""
    issuer = f"<RUTOtr>{other}</RUTOtr>" if other else ""
    return (
        f"<Referencia><NroLinRef>{line}</NroLinRef><TpoDocRef>{type_}</TpoDocRef>"
        f"<FolioRef>{folio}</FolioRef>{issuer}<FchRef>{day}</FchRef>{code_ref}</Referencia>\n"
    )


def _body(type_: int, folio: int, day: date, references: str) -> str:
    return (
        f"<Encabezado>\n<IdDoc>\n<TipoDTE>{type_}</TipoDTE>\n<Folio>{folio}</Folio>\n"
        f"<FchEmis>{day}</FchEmis>\n</IdDoc>\n"
        f"<Emisor>\n<RUTEmisor>{ISSUER}</RUTEmisor>\n<RznSoc>Ñandú &amp; Cía</RznSoc>\n"
        f"<GiroEmis>Programación</GiroEmis>\n<Acteco>{ACTECO}</Acteco>\n"
        "<DirOrigen>Calle 1</DirOrigen>\n<CmnaOrigen>Santiago</CmnaOrigen>\n</Emisor>\n"
        f"<Receptor>\n<RUTRecep>{RECEIVER}</RUTRecep>\n"
        "<RznSocRecep>Compradora de Cosas Muy Largas del Sur Limitada</RznSocRecep>\n"
        "<GiroRecep>Comercio</GiroRecep>\n<DirRecep>Calle 2</DirRecep>\n"
        "<CmnaRecep>Arica</CmnaRecep>\n</Receptor>\n"
        "<Totales>\n<MntNeto>100000</MntNeto>\n<TasaIVA>19</TasaIVA>\n<IVA>19000</IVA>\n"
        "<MntTotal>119000</MntTotal>\n</Totales>\n</Encabezado>\n"
        "<Detalle>\n<NroLinDet>1</NroLinDet>\n<NmbItem>Jabalí &lt;asado&gt;</NmbItem>\n"
        "<QtyItem>4</QtyItem>\n<PrcItem>25000</PrcItem>\n<MontoItem>100000</MontoItem>\n"
        f"</Detalle>\n{references}"
    )


def _dd(body: str, caf: str, moment: str) -> str:
    found = {
        tag: re.search(rf"<{tag}>(.*?)</{tag}>", body)[1]
        for tag in [
            "RUTEmisor",
            "TipoDTE",
            "Folio",
            "FchEmis",
            "RUTRecep",
            "RznSocRecep",
            "MntTotal",
            "NmbItem",
        ]
    }
    texts = {
        tag: escape(etree.fromstring(f"<a>{found[tag] or PERSON}</a>").text[:40].strip())
        for tag in ("RznSocRecep", "NmbItem")
    }
    return (
        f"<DD>\n<RE>{found['RUTEmisor']}</RE>\n<TD>{found['TipoDTE']}</TD>\n"
        f"<F>{found['Folio']}</F>\n<FE>{found['FchEmis']}</FE>\n<RR>{found['RUTRecep']}</RR>\n"
        f"<RSR>{texts['RznSocRecep']}</RSR>\n<MNT>{found['MntTotal']}</MNT>\n"
        f"<IT1>{texts['NmbItem']}</IT1>\n{caf}\n<TSTED>{moment}</TSTED>\n</DD>"
    )
