import zlib
from datetime import date

import documents
import pytest

from sii.dte import envelope, packed
from sii.dte import issue as dte

CARATULA = envelope.Caratula("76086428-5", "11111111-1", date(2014, 8, 22), 0)


@pytest.fixture(scope="module")
def files(cafs, signer, moment):
    made = [(61, 1), (33, 1), (33, 2), (34, 1)]
    issued = [dte.issue(documents.ALL[kind](), n, cafs[kind], signer, moment) for kind, n in made]
    return {10 + number: each.xml for number, each in enumerate(issued)}


@pytest.fixture(scope="module")
def sealed(files, signer, moment):
    return envelope.seal(CARATULA, list(files.values()), signer, moment)


def test_the_same_bytes_from_much_less(sealed, files):
    recipe = packed.pack(sealed, files)
    assert packed.documents_of(recipe) == set(files)
    assert packed.unpack(recipe, files) == sealed
    assert len(recipe) < len(sealed) / 8


def test_the_order_in_which_files_are_named_does_not_matter(sealed, files):
    backwards = dict(reversed(files.items()))
    assert packed.unpack(packed.pack(sealed, backwards), files) == sealed


def test_what_is_not_in_the_envelope_is_not_cut_out(sealed, files):
    changed = {**files, 11: files[11].replace(b"<MntTotal>", b"<MntTotal>9")}
    recipe = packed.pack(sealed, {**changed, 99: b"<other/>", 98: b""})
    assert packed.documents_of(recipe) == {10, 12, 13}
    assert packed.unpack(recipe, files) == sealed


def test_a_document_altered_or_lost_since_gives_other_bytes(sealed, files):
    recipe = packed.pack(sealed, files)
    for broken in ({**files, 12: files[13]}, {10: files[10]}):
        assert packed.unpack(recipe, broken) != sealed


def test_a_recipe_that_was_altered(sealed, files):
    recipe = packed.pack(sealed, files)
    assert packed.is_packed(recipe)
    assert not packed.is_packed(sealed)
    with pytest.raises((ValueError, zlib.error)):
        packed.unpack(recipe[:-20], files)
