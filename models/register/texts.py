"""Sentences for what may be wrong with a file of the register."""

from odoo.tools.translate import LazyTranslate

from ...sii.received import file_kind
from ..base.texts.values import dotted

_lt = LazyTranslate(__name__)

_FILE = {
    "file_empty": _lt("The file is empty."),
    "file_not_text": _lt("This is no CSV file: it holds what is no text. Download it again."),
    "file_truncated": _lt("The file ends in the middle of a document. Download it again."),
    "encoding_unknown": _lt(
        "The letters are neither UTF-8 nor ISO-8859-1. Download the file again, without opening it "
        "in a spreadsheet."
    ),
    "line_too_long": _lt("The line is too long to be one of the register's."),
    "delimiter_wrong": _lt(
        "The columns are divided by “%(found)s”, the SII divides them by “;”. Download the file "
        "again, without saving it from a spreadsheet."
    ),
    "header_unknown": _lt("This is none of the register's files: its first line is “%(header)s”."),
    "header_different": _lt(
        "The columns are not those of the list %(list)s. Missing: %(missing)s. Not known: "
        "%(unexpected)s."
    ),
    "list_contradicted": _lt("The file is called %(named)s, its columns are those of %(list)s."),
    "company_other": _lt("The file is of another company, %(named)s."),
    "period_other": _lt("The file is of another month, %(named)s."),
    "cells_missing": _lt("The line has %(found)s columns instead of %(expected)s."),
    "cells_too_many": _lt("The line has %(found)s columns instead of %(expected)s."),
    "cell_missing": _lt("%(column)s is empty."),
    "cell_not_integer": _lt("%(column)s is no whole number: “%(value)s”."),
    "cell_not_date": _lt("%(column)s is no date as the SII writes it: “%(value)s”."),
    "cell_not_rut": _lt("%(column)s is no valid RUT: “%(value)s”."),
    "cell_not_rate": _lt("%(column)s is no percentage: “%(value)s”."),
    "tax_without_document": _lt("An additional tax without the document that it belongs to."),
    "too_many_problems": _lt("There are more problems; the file was read up to here."),
}


_ARCHIVE = _lt(
    "The file is an archive (%(kind)s). Unpack it, and load the CSV files that are in it."
)
_OTHER_KINDS = {
    file_kind.OFFICE: _lt(
        "The file is one of a spreadsheet program. Download the CSV file from the SII's portal, "
        "and load it as it came, without saving it from there."
    ),
    file_kind.PAGE: _lt(
        "The file is a web page, such as one that asks to log in. Log in at the SII's portal and "
        "download the CSV file again."
    ),
    file_kind.PDF: _lt("The file is a PDF. Download the CSV file from the SII's portal."),
    file_kind.PICTURE: _lt("The file is a picture. Download the CSV file from the SII's portal."),
}


def other_kind_text(env, data):
    """Why a file is none of the register's, by its bytes; empty when it may be one."""
    kind = file_kind.of(data)
    if kind == file_kind.ZIP or kind in file_kind.ARCHIVES:
        sentence = env._(_ARCHIVE)
        return sentence % {"kind": kind}
    return env._(_OTHER_KINDS[kind]) if kind in _OTHER_KINDS else ""


def register_problem_text(env, problem):
    """What is wrong with a file, where, and what to do."""
    data = {
        name: ", ".join(value) or "-" if isinstance(value, list) else value
        for name, value in problem.data.items()
    }
    sentence = env._(_FILE[problem.code])
    sentence = sentence % data
    if "line" not in problem.data:
        return sentence
    return env._("Line %(line)s: %(sentence)s", line=problem.data["line"], sentence=sentence)


def contradiction_text(env, found, names):
    """A document that is told twice with other figures (sii.register.twice.Contradiction).

    names: of the figures, by attribute, as people read them.
    """
    row = found.row
    figures = ", ".join(
        f"{names[attribute]} {_figure(first)} / {_figure(kept)}"
        for attribute, (first, kept) in found.figures.items()
    )
    text = env._(
        "Type %(type)s, number %(number)s of %(party)s stands twice, with other figures: "
        "%(figures)s. The last one is kept: compare it with the SII's portal.",
        type=row.document_type or "-",
        number=row.number or row.period or "-",
        party=f"{row.counterpart.rut} {row.counterpart.name}" if row.counterpart else "-",
        figures=figures,
    )
    places = [_place_text(env, file, line) for file, line in found.places if line]
    return env._("%(places)s: %(text)s", places=", ".join(places), text=text) if places else text


def _place_text(env, file, line):
    if not file:
        return env._("Line %s", line)
    return env._("Line %(line)s of %(file)s", line=line, file=file)


def _figure(value):
    return dotted(value) if isinstance(value, int) else str(value or 0)
