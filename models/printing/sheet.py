"""A document as its signed XML has it, for the template that prints any such document."""

from ...sii.errors import MissingLibrary
from ...sii.printing import bars, pdf417, sheet, words
from ..base.texts.errors import errors_as_user_errors


def sheet_values(env, xml):
    """What the template shows of an XML; UserError where a package for its stamp is missing."""
    content = sheet.read(xml)
    with errors_as_user_errors(env, kinds=MissingLibrary):
        stamp = bars.data_uri(pdf417.svg(content.stamp))
    return {"sheet": content, "words": words, "stamp": stamp}
