from dataclasses import replace

import documents
import independent
import pytest

from sii.dte import ted
from sii.errors import SignatureProblem


@pytest.fixture
def stamp(cafs, moment):
    return ted.stamp(documents.factura(), 7, cafs[33], moment)


def test_what_a_stamp_states(stamp, cafs):
    assert stamp.startswith(
        '<TED version="1.0"><DD><RE>76086428-5</RE><TD>33</TD><F>7</F><FE>2026-03-09</FE>'
        "<RR>96790240-3</RR><RSR>Minera Los Álamos &amp; Compañía</RSR><MNT>34750</MNT>"
        '<IT1>Cañería 1/2&quot; de cobre</IT1><CAF version="1.0"><DA><RE>76086428-5</RE>'
    )
    assert f"{cafs[33].flat}<TSTED>2026-03-09T21:30:05</TSTED></DD>" in stamp


def test_the_cafs_key_signed_it(stamp, caf_key):
    independent.check_stamp(stamp.encode("iso-8859-1"), caf_key)
    ted.verify(stamp)


def test_names_are_clipped_before_they_are_escaped(cafs, moment):
    document = documents.factura()
    receiver = replace(document.receiver, name="&" * 39 + " " + "ñ" * 20)
    line = replace(document.lines[0], name='"' * 60)
    stamp = ted.stamp(replace(document, receiver=receiver, lines=(line,)), 7, cafs[33], moment)
    assert f"<RSR>{'&amp;' * 39}</RSR>" in stamp
    assert f"<IT1>{'&quot;' * 40}</IT1>" in stamp
    ted.verify(stamp)


@pytest.mark.parametrize(
    ("old", "new"), [("<MNT>34750</MNT>", "<MNT>34751</MNT>"), ("Los Á", "Los A"), ("<F>7", "<F>8")]
)
def test_tampered(stamp, old, new):
    assert old in stamp
    with pytest.raises(SignatureProblem, match="ted_signature_invalid"):
        ted.verify(stamp.replace(old, new))


@pytest.mark.parametrize("broken", ["", "<TED></TED>", "<TED><DD>x</DD><FRMT>y</FRMT></TED>"])
def test_malformed(broken):
    with pytest.raises(SignatureProblem, match="ted_malformed"):
        ted.verify(broken)


def test_key_that_is_no_key(stamp):
    with pytest.raises(SignatureProblem, match="ted_malformed"):
        ted.verify(stamp.replace("<M>", "<M>!"))


def test_bar_code_carries_the_flat_stamp_whatever_the_layout(stamp):
    document = stamp.replace("><", ">\n   <").replace(
        "<TED ", '<TED xmlns="http://www.sii.cl/SiiDte" '
    )
    xml = f"<DTE>\n{document}\n</DTE>".encode("iso-8859-1")
    assert ted.pdf417_payload(xml) == stamp.encode("iso-8859-1")


def test_document_without_stamp():
    with pytest.raises(SignatureProblem, match="ted_missing"):
        ted.pdf417_payload(b"<DTE/>")
