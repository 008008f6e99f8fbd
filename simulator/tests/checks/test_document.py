"""Folio, CAF, stamp and signature of each document, in the SII's order."""

import re
from datetime import date, timedelta

import pytest
from conftest import enrol, new_caf, new_signer
from taxpayer import ISSUER, Caf, swap

from simulator import Simulator

STRANGER = "11111111-1"


def test_good_documents(taxpayer, codes):
    assert codes(taxpayer.invoice()) == ("accepted", [])


def test_exempt_invoice(taxpayer, codes):
    assert codes(taxpayer.exempt()) == ("accepted", [])


def test_folio_received_before(taxpayer, judge, codes):
    judge(taxpayer.envelope(taxpayer.invoice()))
    assert codes(taxpayer.invoice()) == ("rejected", ["DTE-3-101"])


def test_objected_folio_is_consumed(taxpayer, codes):
    first = taxpayer.invoice(edit=swap("<PrcItem>25000", "<PrcItem>25001"))
    assert codes(first) == ("objected", ["DET L[1] -2-200"])
    assert codes(taxpayer.invoice()) == ("rejected", ["DTE-3-101"])


def test_rejected_folio_is_free(taxpayer, codes):
    first = taxpayer.invoice(edit=swap("<Acteco>620100", "<Acteco>620200"))
    assert codes(first) == ("rejected", ["HED-3-861"])
    assert codes(taxpayer.invoice()) == ("accepted", [])


def test_document_twice_in_an_envelope(taxpayer, judge):
    content = taxpayer.envelope(taxpayer.invoice(1), taxpayer.invoice(1, name="Again"))
    first, second = judge(content)["documents"]
    assert first["verdict"] == "accepted"
    assert second["reasons"] == ["(DTE-3-100) Documento Repetido"]


def test_type_not_authorised(sii, taxpayer, codes):
    enrol(sii, types=[34])
    assert codes(taxpayer.invoice()) == ("rejected", ["DTE-3-901"])


def test_caf_of_a_stranger_authority(taxpayer, codes):
    stranger = Simulator()
    enrol(stranger)
    taxpayer.cafs[33] = new_caf(stranger, 33)
    stranger.stop()
    assert codes(taxpayer.invoice()) == ("rejected", ["CAF-3-901"])


@pytest.mark.parametrize(
    "edit",
    [swap("<H>50</H>", "<H>99</H>"), swap("<IDK>666", "<IDK>100"), swap("Ñandú", "Nandu")],
)
def test_tampered_caf(taxpayer, codes, edit):
    taxpayer.cafs[33].element = edit(taxpayer.cafs[33].element)
    assert codes(taxpayer.invoice()) == ("rejected", ["CAF-3-901"])


def test_caf_of_another_company(sii, taxpayer, codes):
    enrol(sii, rut="96790240-3", name="Otra")
    given = sii.issue_caf({"rut": "96790240-3", "type": 33, "count": 5})
    taxpayer.cafs[33] = Caf(given["xml"])
    assert codes(taxpayer.invoice()) == ("rejected", ["CAF-3-902"])


def test_caf_of_another_type(taxpayer, codes):
    taxpayer.cafs[33] = taxpayer.cafs[34]
    assert codes(taxpayer.invoice()) == ("rejected", ["CAF-3-902"])


def test_folio_out_of_range(taxpayer, codes):
    assert codes(taxpayer.invoice(51)) == ("rejected", ["CAF-3-903"])


def test_annulled_folio(sii, taxpayer, codes):
    sii.annul_folios({"rut": ISSUER, "type": 33, "first": 3, "last": 4})
    assert codes(taxpayer.invoice(4)) == ("rejected", ["DTE-3-601"])


@pytest.mark.parametrize(("days", "expected"), [(-1, ["CAF-3-517"]), (0, []), (1, [])])
def test_caf_lasts_six_months(sii, taxpayer, codes, days, expected):
    year = taxpayer.now().year + 1
    sii.move_clock({"now": f"{year}-08-28T12:00:00"})
    authorised = (date(year, 2, 28) + timedelta(days=days)).isoformat()
    taxpayer.cafs[33] = new_caf(sii, 33, authorised_on=authorised)
    assert codes(taxpayer.invoice(51))[1] == expected


def test_exempt_caf_does_not_expire(sii, taxpayer, codes):
    taxpayer.cafs[34] = new_caf(sii, 34, authorised_on="2020-01-01")
    assert codes(taxpayer.exempt(51)) == ("accepted", [])


def test_stamp_signed_by_another_key(sii, taxpayer, codes):
    other = new_caf(sii, 33)
    taxpayer.cafs[33].stamp = other.stamp
    assert codes(taxpayer.invoice()) == ("objected", ["TED-2-510"])


def test_stamp_over_utf8(taxpayer, codes):
    utf8 = taxpayer.cafs[33].stamp
    taxpayer.cafs[33].stamp = lambda dd: utf8(dd.encode("utf-8").decode("iso-8859-1"))
    assert codes(taxpayer.invoice()) == ("objected", ["TED-2-510"])


@pytest.mark.parametrize(
    ("edit", "verdict", "code"),
    [
        (swap("<RE>76354771-K</RE>\n<TD>", "<RE>96790240-3</RE>\n<TD>"), "rejected", "TED-3-901"),
        (swap("<F>1<", "<F>2<"), "rejected", "TED-3-901"),
        (swap("<RR>96790240-3", "<RR>76354771-K"), "rejected", "TED-3-901"),
        (swap("<MNT>119000", "<MNT>119001"), "rejected", "TED-3-640"),
        (swap("<RSR>C", "<RSR>K"), "objected", "TED-2-901"),
        (swap("<IT1>J", "<IT1>G"), "objected", "TED-2-901"),
    ],
)
def test_stamp_of_other_contents(taxpayer, codes, edit, verdict, code):
    assert codes(taxpayer.invoice(edit_dd=edit)) == (verdict, [code])


def test_stamp_before_the_caf(sii, taxpayer, codes):
    tomorrow = (taxpayer.now() + timedelta(days=1)).date().isoformat()
    taxpayer.cafs[33] = new_caf(sii, 33, authorised_on=tomorrow)
    assert codes(taxpayer.invoice(51)) == ("objected", ["TED-1-646"])


def test_signed_before_stamped(taxpayer, codes):
    early = re.compile(r"<TmstFirma>\d{4}")
    dte = taxpayer.invoice(edit_stamped=lambda text: early.sub("<TmstFirma>2020", text))
    assert codes(dte) == ("rejected", ["DTE-3-902"])


def test_changed_after_signing(taxpayer, codes):
    dte = taxpayer.invoice(edit_signed=swap("<DirRecep>Calle 2", "<DirRecep>Calle 3"))
    assert codes(dte) == ("rejected", ["DTE-3-505"])


def test_declaration_on_the_tag_or_none_at_all(taxpayer, codes):
    """Variants D and N of PROTOCOL 5.9."""
    assert codes(taxpayer.invoice(1)) == ("accepted", [])
    assert codes(taxpayer.invoice(2, tag='<DTE version="1.0">')) == ("accepted", [])


def test_declaration_dropped_by_a_serialiser(taxpayer, codes):
    tag = '<DTE xmlns="http://www.sii.cl/SiiDte" version="1.0">'
    dte = taxpayer.invoice(edit_signed=swap(tag, '<DTE version="1.0">'))
    assert codes(dte) == ("rejected", ["DTE-3-505"])


def test_signed_inside_the_envelope(taxpayer, codes):
    """Variant X: the digest has xmlns:xsi, which the fragment has not."""
    plain = '<DTE xmlns="http://www.sii.cl/SiiDte" version="1.0">'
    inside = plain.replace(
        " version", ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version'
    )
    dte = taxpayer.invoice(tag=inside, edit_signed=swap(inside, plain))
    assert codes(dte) == ("rejected", ["DTE-3-505"])


def test_reference_to_another_element(taxpayer, codes):
    dte = taxpayer.invoice(edit_signed=swap('URI="#F1T33"', 'URI="#SetDoc"'))
    assert codes(dte) == ("rejected", ["DTE-3-505"])


def test_transform_out_of_the_profile(taxpayer, codes):
    class Exclusive:
        @staticmethod
        def sign(content, name):
            return taxpayer.signer.sign(content, name, "http://www.w3.org/2001/10/xml-exc-c14n#")

    assert codes(taxpayer.invoice(signer=Exclusive)) == ("rejected", ["DTE-3-505"])


def test_key_of_another_certificate(sii, taxpayer, codes):
    other = new_signer(sii)
    foreign = f"<X509Certificate>{other._certificate}</X509Certificate>"
    dte = taxpayer.invoice(
        edit_signed=lambda text: re.sub(
            "<X509Certificate>.*</X509Certificate>", foreign, text, flags=re.DOTALL
        )
    )
    assert codes(dte) == ("rejected", ["DTE-3-505"])


def test_signer_without_role(sii, taxpayer, codes):
    assert codes(taxpayer.invoice(signer=new_signer(sii, STRANGER))) == ("rejected", ["ENV-3-6"])


def test_expired_certificate(sii, taxpayer, codes):
    old = new_signer(sii, valid_from="2020-01-01", valid_to="2021-01-01")
    assert codes(taxpayer.invoice(signer=old)) == ("rejected", ["DTE-3-505"])


def test_early_failure_hides_later_ones(taxpayer, codes):
    dte = taxpayer.invoice(
        51,
        edit=swap("<Acteco>620100", "<Acteco>620200"),
        edit_dd=swap("<MNT>119000", "<MNT>119001"),
        edit_signed=swap("Calle 2", "Calle 3"),
    )
    assert codes(dte) == ("rejected", ["CAF-3-903"])


def test_objection_hides_nothing(taxpayer, codes):
    dte = taxpayer.invoice(
        edit_dd=swap("<IT1>J", "<IT1>G"), edit=swap("<Acteco>620100", "<Acteco>620200")
    )
    assert codes(dte) == ("rejected", ["TED-2-901", "HED-3-861"])
