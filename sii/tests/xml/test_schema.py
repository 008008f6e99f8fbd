"""Schema sets: bundled, loaded from a zip, and zips that mean harm."""

import importlib.resources
import io
import struct
import threading
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from sii.errors import UnsafeXml
from sii.xml.schema import SchemaSet

NS = "http://www.sii.cl/SiiDte"
RECEIPT_XSD = f"""<?xml version="1.0" encoding="ISO-8859-1"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{NS}" targetNamespace="{NS}"
  elementFormDefault="qualified">
<xs:include schemaLocation="SiiTypes_v10.xsd"/>
<xs:element name="Nota"><xs:complexType><xs:sequence>
  <xs:element name="Rut" type="RUTType"/>
  <xs:element name="Linea" maxOccurs="3"><xs:complexType><xs:sequence>
    <xs:element name="Glosa"><xs:simpleType><xs:restriction base="xs:string">
      <xs:maxLength value="5"/></xs:restriction></xs:simpleType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:sequence></xs:complexType></xs:element>
</xs:schema>"""


def zipped(files: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def nota(*lines: str, rut: str = "76086428-5") -> bytes:
    inner = "".join(f"<Linea><Glosa>{line}</Glosa></Linea>" for line in lines)
    return f'<Nota xmlns="{NS}"><Rut>{rut}</Rut>{inner}</Nota>'.encode()


def code_of(data: bytes) -> str:
    with pytest.raises(UnsafeXml) as raised:
        SchemaSet.from_zip(data)
    return raised.value.code


@pytest.fixture(scope="module")
def schemas():
    return SchemaSet.from_zip(zipped({"schema/Nota_v10.xsd": RECEIPT_XSD, "leeme.txt": "hola"}))


def test_bundled_knows_its_documents_and_is_made_once():
    assert SchemaSet.bundled() is SchemaSet.bundled()
    assert {"DTE", "EnvioDTE", "Recibo", "AEC", "LibroCompraVenta"} <= SchemaSet.bundled().roots


def test_a_new_schema_joins_the_bundled_ones(schemas):
    assert {"Nota", "EnvioDTE"} <= schemas.roots
    assert schemas.validate(nota("uno", "dos")) == []


def test_every_problem_names_its_element(schemas):
    problems = schemas.validate(nota("uno", "demasiado", "larguísimo", rut="76.086.4-5"))
    assert [(problem.where, problem.data["rule"]) for problem in problems] == [
        ("Rut", "pattern"),
        ("Linea[2]/Glosa", "maxlength"),
        ("Linea[3]/Glosa", "maxlength"),
    ]
    assert problems[1].data["value"] == "demasiado"


def test_order_is_judged(schemas):
    data = f'<Nota xmlns="{NS}"><Linea/></Nota>'.encode()
    assert schemas.validate(data)[0].data["rule"] == "element_content"


def test_an_element_inside_a_larger_file_is_judged_alone(schemas):
    outer = etree.fromstring(b"<Sobre><Otro/>" + nota("demasiado") + b"</Sobre>")
    assert [problem.where for problem in schemas.validate(outer[1])] == ["Linea/Glosa"]


def test_a_root_without_schema_is_reported():
    assert SchemaSet.bundled().validate(b"<DTE/>")[0].code == "schema_unknown"


def test_the_loaded_file_wins_over_the_bundled():
    folder = importlib.resources.files("cl_sii") / "data/ref/factura_electronica/schemas-xml"
    types = (
        (folder / "SiiTypes_v10.xsd")
        .read_bytes()
        .replace(b"[0-9]+-([0-9]|K)", b"[0-9.]+-([0-9]|K)")
    )
    newer = SchemaSet.from_zip(zipped({"SiiTypes_v10.xsd": types, "Nota_v10.xsd": RECEIPT_XSD}))
    assert newer.validate(nota("uno", rut="76.086.4-5")) == []


def test_threads_do_not_mix_their_problems(schemas):
    results: dict[int, list[str]] = {}

    def work(index: int) -> None:
        good = index % 2
        data = nota("uno") if good else nota("uno", "demasiado")
        for _ in range(50):
            results.setdefault(index, []).extend(p.where for p in schemas.validate(data))

    threads = [threading.Thread(target=work, args=(index,)) for index in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for index in range(8):
        assert results.get(index, []) == ([] if index % 2 else ["Linea[2]/Glosa"] * 50)


@pytest.mark.parametrize(
    "name", ["../Nota.xsd", "/etc/Nota.xsd", "a/../../Nota.xsd", "C:Nota.xsd", "a\\..\\Nota.xsd"]
)
def test_names_that_leave_the_archive(name):
    assert code_of(zipped({name: RECEIPT_XSD})) == "schema_zip_path"


def test_bombs():
    assert code_of(zipped({"A.xsd": b" " * 6_000_000})) == "schema_zip_too_big"
    assert code_of(zipped({f"{i}.xsd": "" for i in range(101)})) == "schema_zip_too_big"


def test_a_bomb_that_lies_about_its_size():
    data = zipped({"A.xsd": b" " * 6_000_000})
    lying = data.replace(struct.pack("<I", 6_000_000), struct.pack("<I", 100))
    assert lying != data
    assert code_of(lying) in ("schema_zip_too_big", "schema_zip_unreadable")


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"leeme.txt": "hola"}, "schema_zip_empty"),
        ({"a/Nota.xsd": RECEIPT_XSD, "b/Nota.xsd": RECEIPT_XSD}, "schema_zip_twice"),
        ({"Nota.xsd": "<html/>"}, "schema_broken"),
        ({"Nota.xsd": RECEIPT_XSD.replace("SiiTypes_v10", "../SiiTypes_v10")}, "schema_link"),
        (
            {"Nota.xsd": RECEIPT_XSD.replace("SiiTypes_v10.xsd", "http://127.0.0.1:9/a.xsd")},
            "schema_link",
        ),
        ({"Nota.xsd": RECEIPT_XSD.replace("RUTType", "NoSuchType")}, "schema_broken"),
        ({"Nota.xsd": "<!DOCTYPE a SYSTEM 'file:///etc/passwd'>" + RECEIPT_XSD}, "xml_dtd"),
        ({"Nota.xsd": RECEIPT_XSD[:200]}, "xml_malformed"),
    ],
)
def test_sets_that_are_no_sets(files, code):
    assert code_of(zipped(files)) == code


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 truncated", b"<html/>"])
def test_what_is_no_zip(data):
    assert code_of(data) == "schema_zip_unreadable"


# Elements that came after cl-sii's set of 2011 to 2019, each after its place.
TODAY = {
    "</FmaPago>": "<TipoFactEsp>1</TipoFactEsp>",
    "</CiudadOrigen>": "<RUTProveedor>1-9</RUTProveedor><RznSocProveedor>A</RznSocProveedor>",
    "</RznSocRecep>": "<Extranjero><TipoDocID>2</TipoDocID></Extranjero>",
    "</Receptor>": "<Transporte><Patente>ABCD12</Patente><PatenteCarro>JA1234</PatenteCarro>"
    "<DirDest>Ruta 5</DirDest><FchSalida>2026-03-09</FchSalida><HraSalida>23:59:59</HraSalida>"
    "<FchLlegada>2026-03-10</FchLlegada></Transporte>",
}


@pytest.mark.parametrize("place", TODAY)
def test_the_format_of_today(place):
    golden = (Path(__file__).parents[1] / "goldens/34.xml").read_bytes()
    judge = SchemaSet.bundled().validate
    known = [each.where for each in judge(golden)]
    added = golden.replace(place.encode(), (place + TODAY[place]).encode(), 1)
    assert added != golden
    assert [each.where for each in judge(added)] == known
    misplaced = golden.replace(b"<TipoDTE>", TODAY[place].encode() + b"<TipoDTE>", 1)
    assert [each.where for each in judge(misplaced)] != known
