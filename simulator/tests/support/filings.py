"""Books and daily summaries of the tests' company."""

from datetime import date

from signing import Signer
from taxpayer import DECLARATION, ISSUER, PERSON, RECEIVER, RESOLUTION, Edit, same

XSI = 'xmlns="http://www.sii.cl/SiiDte" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
MOMENT = "<TmstFirma{0}>{1}T10:00:00</TmstFirma{0}>\n"


def row(folio: int, net: int = 1000, vat: int = 190, total: int = 1190, more: str = "") -> str:
    return (
        f"<Detalle><TpoDoc>33</TpoDoc><NroDoc>{folio}</NroDoc><TasaImp>19</TasaImp>"
        f"<FchDoc>2026-01-05</FchDoc><RUTDoc>{RECEIVER}</RUTDoc><RznSoc>Compradora</RznSoc>"
        f"<MntNeto>{net}</MntNeto><MntIVA>{vat}</MntIVA>{more}<MntTotal>{total}</MntTotal>"
        "</Detalle>\n"
    )


SUMMARY = (
    "<TotalesPeriodo><TpoDoc>33</TpoDoc><TotDoc>2</TotDoc><TotMntExe>0</TotMntExe>"
    "<TotMntNeto>3000</TotMntNeto><TotMntIVA>570</TotMntIVA><TotMntTotal>3570</TotMntTotal>"
    "</TotalesPeriodo>"
)


def book(signer: Signer, edit: Edit = same, special: bool = True, number: int = 1) -> bytes:
    kind = "ESPECIAL" if special else "MENSUAL"
    notification = f"<FolioNotificacion>{number}</FolioNotificacion>" if special else ""
    content = (
        f'{DECLARATION}<LibroCompraVenta {XSI} xsi:schemaLocation="http://www.sii.cl/SiiDte '
        f'LibroCV_v10.xsd" version="1.0">\n<EnvioLibro ID="Libro">\n<Caratula>'
        f"<RutEmisorLibro>{ISSUER}</RutEmisorLibro><RutEnvia>{PERSON}</RutEnvia>"
        f"<PeriodoTributario>2026-01</PeriodoTributario><FchResol>{RESOLUTION}</FchResol>"
        f"<NroResol>0</NroResol><TipoOperacion>VENTA</TipoOperacion><TipoLibro>{kind}</TipoLibro>"
        f"<TipoEnvio>TOTAL</TipoEnvio>{notification}</Caratula>\n"
        f"<ResumenPeriodo>{SUMMARY}</ResumenPeriodo>\n{row(1)}{row(2, 2000, 380, 2380)}"
        f"{MOMENT.format('', date(2026, 2, 1))}</EnvioLibro>\n</LibroCompraVenta>\n"
    )
    return signer.sign(edit(content).encode("iso-8859-1"), "Libro")


def folio_summary(signer: Signer, edit: Edit = same, sequence: int = 1) -> bytes:
    content = (
        f'{DECLARATION}<ConsumoFolios {XSI} xsi:schemaLocation="http://www.sii.cl/SiiDte '
        'ConsumoFolio_v10.xsd" version="1.0">\n<DocumentoConsumoFolios ID="Dia">\n'
        f'<Caratula version="1.0"><RutEmisor>{ISSUER}</RutEmisor><RutEnvia>{PERSON}</RutEnvia>'
        f"<FchResol>{RESOLUTION}</FchResol><NroResol>0</NroResol>"
        "<FchInicio>2026-01-05</FchInicio><FchFinal>2026-01-05</FchFinal>"
        f"<SecEnvio>{sequence}</SecEnvio>{MOMENT.format('Env', date(2026, 1, 6))}</Caratula>\n"
        "<Resumen><TipoDocumento>39</TipoDocumento><MntNeto>840</MntNeto><MntIva>160</MntIva>"
        "<TasaIVA>19</TasaIVA><MntExento>500</MntExento><MntTotal>1500</MntTotal>"
        "<FoliosEmitidos>3</FoliosEmitidos><FoliosAnulados>1</FoliosAnulados>"
        "<FoliosUtilizados>4</FoliosUtilizados>"
        "<RangoUtilizados><Inicial>1</Inicial><Final>3</Final></RangoUtilizados>"
        "<RangoAnulados><Inicial>4</Inicial></RangoAnulados></Resumen>\n"
        "</DocumentoConsumoFolios>\n</ConsumoFolios>\n"
    )
    return signer.sign(edit(content).encode("iso-8859-1"), "Dia")
