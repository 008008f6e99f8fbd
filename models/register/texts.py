"""Sentences for what may be wrong with a file of the register."""

from ...sii import sentences
from ...sii.received import file_kind
from ..base.texts.values import dotted

_OTHER_KINDS = (file_kind.OFFICE, file_kind.PAGE, file_kind.PDF, file_kind.PICTURE)


def other_kind_text(env, data):
    """Why a file is none of the register's, by its bytes; empty when it may be one."""
    kind = file_kind.of(data)
    if kind == file_kind.ZIP or kind in file_kind.ARCHIVES:
        return sentences.sentence("register_kind", "archive", env.lang, {"kind": kind})
    return sentences.sentence("register_kind", kind, env.lang) if kind in _OTHER_KINDS else ""


def register_problem_text(env, problem):
    """What is wrong with a file, where, and what to do."""
    data = {
        name: ", ".join(value) or "-" if isinstance(value, list) else value
        for name, value in problem.data.items()
    }
    sentence = sentences.sentence("register", problem.code, env.lang, data)
    if "line" not in problem.data:
        return sentence
    return env._("Line %(line)s: %(sentence)s", line=problem.data["line"], sentence=sentence)


def contradiction_text(env, found, names):
    """A document that is given twice with other figures (sii.register.twice.Contradiction).

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
