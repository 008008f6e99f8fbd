"""Two files of one document: where they differ, and that a second signature is no difference."""

from sii.received.compare import MOST_CHARACTERS, MOST_DIFFERENCES, Difference, differences

BODY = (
    "<Encabezado><IdDoc><TipoDTE>33</TipoDTE><Folio>7</Folio></IdDoc></Encabezado>"
    "<Detalle><NmbItem>Martillo</NmbItem><QtyItem>2</QtyItem></Detalle>"
    "<Detalle><NmbItem>Clavos</NmbItem></Detalle>"
    "<TED><DD><RE>1-9</RE></DD><FRMT>aa\nbb</FRMT></TED><TmstFirma>2026-06-01T10:00:00</TmstFirma>"
)


def dte(body: str = BODY, scope: str = "") -> bytes:
    return f'<DTE{scope}><Documento ID="F1">{body}</Documento><Signature/></DTE>'.encode()


def test_what_was_renamed_and_added():
    altered = BODY.replace("Martillo", "Yate de lujo").replace(
        "<TED>", "<Referencia><FolioRef>9</FolioRef></Referencia><TED>"
    )
    assert differences(dte(), dte(altered)) == [
        Difference("Detalle 1/NmbItem", "Martillo", "Yate de lujo"),
        Difference("Referencia 1/FolioRef", "", "9"),
    ]


def test_signed_again_and_written_otherwise_is_the_same():
    again = BODY.replace("10:00:00", "11:30:00").replace("aa\nbb", "aabb")
    spaced = again.replace("</Folio>", " \n</Folio>").replace("><", ">\n  <")
    assert differences(dte(), dte(spaced, ' xmlns="http://www.sii.cl/SiiDte"')) == []


def test_another_stamp_is_reported_once():
    altered = BODY.replace("bb", "cc")
    [found] = differences(dte(), dte(altered))
    assert found.path.startswith("TED")


def test_strangers_texts_and_their_number_are_bounded():
    long = BODY.replace("Martillo", "x" * 3000)
    [found] = differences(dte(), dte(long))
    assert len(found.second) == MOST_CHARACTERS
    many = BODY.replace("<TED>", "<Detalle><NmbItem>y</NmbItem></Detalle>" * 900 + "<TED>")
    assert len(differences(dte(), dte(many))) == MOST_DIFFERENCES
