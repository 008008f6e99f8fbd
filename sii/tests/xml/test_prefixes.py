"""Documents whose names got a prefix on their way: what went to the SII is judged and kept."""

import re
from xml.etree import ElementTree

import documents
import pytest

from sii.dte import issue as dte
from sii.errors import UnsafeXml
from sii.printing import sheet
from sii.received import document as received

SII, DSIG = "http://www.sii.cl/SiiDte", "http://www.w3.org/2000/09/xmldsig#"
_HEAD = '<?xml version="1.0" encoding="ISO-8859-1"?>\n'


@pytest.fixture(scope="module")
def issued(cafs, signer, moment):
    xml = dte.issue(documents.factura(), 7, cafs[33], signer, moment).xml.decode("iso-8859-1")
    return xml[xml.index("<DTE") :]


def everywhere(text, prefix="sii"):
    """A prefix on every name, those of the signature too."""
    text = re.sub(r"<(/?)(\w)", rf"<\1{prefix}:\2", text).replace(f' xmlns="{DSIG}"', "")
    return text.replace(f'xmlns="{SII}"', f'xmlns:{prefix}="{SII}"')


def sparing_the_signature(text, prefix="sii"):
    """What a replacement that knows of the Signature makes, and of none of its parts."""
    text = re.sub(r"<(/?)(?!Signature|/Signature)(\w+)", rf"<\1{prefix}:\2", text)
    return text.replace(f'xmlns="{SII}"', f"xmlns:{prefix} = '{SII}'")


def written_again(text):
    """By Python's own writer, which chooses its prefixes, all of them on the root."""
    return ElementTree.tostring(ElementTree.fromstring(text), encoding="unicode")


def in_an_envelope(text):
    inside = re.sub(rf' xmlns:sii="{SII}"', "", everywhere(text))
    return (
        f'<sii:EnvioDTE xmlns:sii="{SII}"><sii:SetDTE ID="S">{inside}</sii:SetDTE></sii:EnvioDTE>'
    )


def read(text, authorities):
    return received.read((_HEAD + text).encode("iso-8859-1"), authorities)


FORMS = {
    "everywhere": everywhere,
    "another": lambda text: everywhere(text, "a.b-c"),
    "sparing the signature": sparing_the_signature,
    "written again": written_again,
    "in an envelope": in_an_envelope,
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_what_was_signed_is_found(form, issued, authorities):
    text = form(issued)
    assert not re.search("<DTE", text)
    [found] = read(text, authorities)
    assert found.is_genuine, found.authenticity.problems
    assert found.issuer_name == documents.ISSUER.name
    # what is kept has no prefix, and is read in the same way ever after
    assert not re.search(rb"</?[\w.-]+:", found.xml)
    [again] = received.read(found.xml, authorities)
    assert (again.is_genuine, again.xml) == (True, found.xml)
    assert sheet.read(found.xml).folio == 7


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_what_was_altered_is_reported(form, issued, authorities):
    text = re.sub(r"(MntTotal>)(\d)", r"\g<1>1\2", form(issued))
    [found] = read(text, authorities)
    assert found.authenticity.signature.code == "digest_differs"


def test_beside_one_without(issued, authorities):
    text = f'<EnvioDTE xmlns:sii="{SII}">{issued}{everywhere(issued)}</EnvioDTE>'
    assert [each.is_genuine for each in read(text, authorities)] == [True, True]


LOOK_ALIKES = {
    "a namespace of its own": lambda text: everywhere(text).replace(f'"{SII}"', '"urn:a"'),
    "one name of another": lambda text: everywhere(text).replace(
        "<sii:Folio>", '<x:Folio xmlns:x="urn:x">9</x:Folio><sii:Folio>', 1
    ),
    "a comment": lambda text: everywhere(text).replace(
        "<sii:Folio>", "<!--<sii:Folio>--><sii:Folio>", 1
    ),
    "characters": lambda text: everywhere(text).replace(
        "<sii:Folio>", "<sii:Folio><![CDATA[<sii:Folio>]]>", 1
    ),
    "an instruction": lambda text: everywhere(text).replace("<sii:Folio>", "<sii:Folio><?a?>", 1),
    "another default": lambda text: everywhere(text).replace(
        "<sii:DTE ", '<sii:DTE xmlns="urn:x" '
    ),
    "one with and one without": lambda text: everywhere(text).replace(
        "<sii:Folio>", f'<Folio xmlns="{SII}">9</Folio><sii:Folio>', 1
    ),
    "two by two prefixes": lambda text: everywhere(text).replace(
        "<sii:MntTotal>", f'<x:MntTotal xmlns:x="{SII}">9</x:MntTotal><sii:MntTotal>', 1
    ),
    "a document in the document": lambda text: everywhere(text).replace(
        "<sii:Folio>", "<sii:DTE></sii:DTE><sii:Folio>", 1
    ),
    "text beside": lambda text: everywhere(text).replace(
        "<sii:Folio>", "<DTE></DTE><sii:Folio>", 1
    ),
}


@pytest.mark.parametrize("form", LOOK_ALIKES.values(), ids=LOOK_ALIKES)
def test_look_alikes_are_refused(form, issued, authorities):
    text = form(issued)
    assert text != everywhere(issued)
    with pytest.raises(UnsafeXml):
        read(text, authorities)
