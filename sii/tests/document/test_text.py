import doctest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sii import text


def test_examples_of_the_module():
    assert doctest.testmod(text).failed == 0


@pytest.mark.parametrize(
    ("given_text", "folded"),
    [
        ("Ñandú áéíóú üÜ çß ¿¡ ½ º ª", "Ñandú áéíóú üÜ çß ¿¡ ½ º ª"),
        ("N\u0303andu\u0301", "Ñandú"),
        ("a\x00b\x07c\x1b", "abc"),
        ("uno\r\ndos\ttres\u2028cuatro\x85cinco", "uno dos tres cuatro cinco"),
        ("suave\xadmente in\u200bvisible\ufeff", "suavemente invisible"),
        ("café ☕ 👨‍👩‍👧 🇨🇱", "café"),
        ("‘a’ “b” „c‟ 5′ 6″", '\'a\' "b" "c" 5\' 6"'),
        ("a – b — c ‑ d … e • f", "a - b - c - d ... e - f"),
        ("Łódź, Kraków, Dvořák, Đorđe, Øre, œuvre", "Lódz, Kraków, Dvorák, Dorde, Øre, oeuvre"),
        ("ﬁn № 5 ™ ①", "fin No 5 TM 1"),
        ("€ 500", "EUR 500"),
        ("\ud800x", "x"),
        ("寿司", ""),
        ("   ", ""),
    ],
)
def test_fold(given_text, folded):
    assert text.fold(given_text) == folded


def test_clip_counts_characters_and_leaves_no_blank_at_the_end():
    assert text.fold("ñandú y compañía", limit=6) == "ñandú"
    assert text.fold('"' * 50, limit=40) == '"' * 40


@settings(deadline=None, database=None)
@given(st.text(), st.none() | st.integers(1, 60))
def test_folded_text_can_be_sent(anything, limit):
    folded = text.fold(anything, limit)
    text.encode(folded)
    assert folded == folded.strip()
    assert "  " not in folded
    assert all(char.isprintable() for char in folded)
    assert limit is None or len(folded) <= limit
    assert text.fold(folded, limit) == folded


@pytest.mark.parametrize(
    ("given_text", "lost"),
    [("Ñandú – “5” €", ""), ("寿司 y 司☕\x00", "寿司☕"), ("e\u0301\u200b", "")],
)
def test_unencodable(given_text, lost):
    assert text.unencodable(given_text) == lost


def test_flatten_keeps_what_stands_inside_tags():
    assert text.flatten("<A>\r\n  <B>x  y</B>\n<C> </C>\n</A>\n") == "<A><B>x  y</B><C></C></A>"
