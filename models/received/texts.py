"""Sentences for files and documents that others send us."""

from odoo.tools.translate import LazyTranslate

from ...sii.errors import UnsafeXml
from ...sii.mail import files as mail_files
from ...sii.received import file as received_file
from ...sii.received import file_kind

_lt = LazyTranslate(__name__)

_FILE = {
    "file_archive": _lt(
        "archives of this kind are not opened: ask for the XML files, or for a zip. By its bytes, "
        "whatever it is called, this file is of the kind %(kind)s."
    ),
    "file_binary": _lt(
        "The file is in no encoding of an XML: its bytes are no text. Ask the supplier for the XML "
        "that went to the SII."
    ),
    "file_empty": _lt("The file is empty. Ask for it again."),
    "file_mail": _lt(
        "The file is a whole mail. Load the XML files that are attached to it, or forward it to "
        "the mailbox that receives tax documents."
    ),
    "file_office": _lt(
        "The file is one of an office program, such as Excel, Word or Outlook, and no tax "
        "document. Ask the supplier for the XML that went to the SII."
    ),
    "file_page": _lt(
        "The file is a web page, such as one that asks for a password, and no tax document. Log "
        "in there and download the XML itself, or ask the supplier for it."
    ),
    "file_pdf": _lt(
        "The file is a PDF, which shows a document and is none. Ask the supplier for the XML that "
        "went to the SII."
    ),
    "file_picture": _lt(
        "The file is a picture, which shows a document and is none. Ask the supplier for the XML "
        "that went to the SII."
    ),
    "file_text": _lt(
        "The file is a text and no XML: it does not begin with “<”. Load the XML as the supplier "
        "sent it, with nothing before it."
    ),
    "xml_too_big": _lt(
        "The file is too big: %(size)s bytes, at most %(limit)s are taken. Ask the supplier for "
        "the documents in smaller envelopes."
    ),
    "xml_dtd": _lt(
        "The file declares entities or a document type, as attacks do and no tax document does. "
        "It was not read; ask the supplier for the XML that went to the SII."
    ),
    "xml_encoding": _lt("The file is in an encoding that no tax document uses: %(declared)s."),
    "xml_malformed": _lt(
        "The file is no complete XML (line %(line)s: %(reason)s). Load it as the supplier sent it."
    ),
    "xml_ambiguous": _lt(
        "The file hides documents inside of texts, or of other documents. It was not read."
    ),
    "xml_prefixed": _lt(
        "The document's names have prefixes (as in sii:DTE) that cannot be taken off: some "
        "stand for something else than a tax document. Ask the supplier for the XML that went to "
        "the SII."
    ),
    "xml_depth": _lt(
        "The file is no tax document: more than %(limit)s elements stand inside each other in line "
        "%(line)s. It was not read."
    ),
    "xml_attributes": _lt(
        "The file is no tax document: an element in line %(line)s has more than %(limit)s "
        "attributes. It was not read."
    ),
    "xml_namespaces": _lt(
        "The file is no tax document: line %(line)s declares more than %(limit)s namespaces. It "
        "was not read."
    ),
    "xml_elements": _lt(
        "The file has more than %(limit)s elements. Ask the supplier for the documents in smaller "
        "envelopes."
    ),
    "xml_instructions": _lt(
        "The file is no tax document: it has more than %(limit)s processing instructions. It was "
        "not read."
    ),
    "xml_name": _lt(
        "The file is no tax document: a name in line %(line)s has more than %(limit)s characters. "
        "It was not read."
    ),
    "xml_value": _lt(
        "The file is no tax document: an attribute in line %(line)s has more than %(limit)s "
        "characters. It was not read."
    ),
    "xml_text": _lt(
        "The file is no tax document: a text in line %(line)s has more than %(limit)s bytes. It "
        "was not read."
    ),
    "xml_twice": _lt(
        "The file has %(path)s twice, where one stands in a genuine one. It was not read; ask for "
        "the XML that went to the SII."
    ),
    "answer_too_many": _lt("The file holds more than %(limit)s answers. It was not read."),
    "answer_incomplete": _lt("The answer in the file lacks %(path)s, or it cannot be read."),
    "envelope_expected": _lt("The file is no envelope (EnvioDTE) but %(root)s."),
    "documents_too_many": _lt(
        "The file holds more than %(limit)s documents. Ask the supplier for smaller envelopes."
    ),
    "dte_twice": _lt(
        "The document in the file has %(path)s twice, so that it can be read in two ways. It was "
        "not read; ask the supplier for the XML that went to the SII."
    ),
    "dte_foreign": _lt(
        "The document in the file has elements that are none of the SII's. It was not read; ask "
        "the supplier for the XML that went to the SII."
    ),
    "dte_text": _lt(
        "%(path)s of the document has %(length)s characters, at most %(limit)s are taken. Ask the "
        "supplier for the XML that went to the SII."
    ),
    "dte_too_many": _lt(
        "The document has %(count)s times %(path)s, at most %(limit)s are taken. Ask the supplier "
        "for the XML that went to the SII."
    ),
    "dte_incomplete": _lt("The document in the file lacks %(path)s, or it cannot be read."),
    "zip_unreadable": _lt("The zip file is damaged or has a password."),
    "zip_entry_unreadable": _lt(
        "%(name)s in the zip file is damaged, has a password or a compression that is not known."
    ),
    "zip_expands": _lt(
        "The zip file holds far more than its size tells, as attacks do: more than %(limit)s "
        "bytes. Load its XML files one by one."
    ),
    "zip_without_xml": _lt("The zip file holds no XML file."),
    "zip_too_deep": _lt(
        "It is a zip in a zip in a zip, which is not opened: load its XML files, or a zip of them."
    ),
    "zip_too_many": _lt("The zip file holds %(count)s files, at most %(limit)s are taken."),
    "no_document": _lt(
        "The file holds no tax document. Load the XML of a DTE or of an envelope (EnvioDTE), or a "
        "zip of them."
    ),
}

_VERDICT = {
    "signature_missing": _lt("It has no signature."),
    "signature_malformed": _lt("Its signature is not made as the SII wants it."),
    "digest_differs": _lt("It was changed after it was signed."),
    "signature_invalid": _lt("Its signature is not valid."),
    "certificate_missing": _lt("It brings no certificate, so that nothing tells who signed it."),
    "certificate_of_other_key": _lt("Its certificate is not of the key that signed it."),
    "signature_key_unfit": _lt(
        "It was signed by a key of %(bits)s bits, by which nobody can be believed."
    ),
    "ted_twice": _lt("It has more than one stamp (TED)."),
    "ted_missing": _lt("It has no stamp (TED)."),
    "ted_differs": _lt(
        "Its stamp (TED) is of another document: it says %(stamp)s where the document says "
        "%(document)s."
    ),
}
_ENVELOPE = _lt(
    "The envelope in the file (%(root)s) holds no document. Ask the supplier for it again."
)
_REPORT = _lt("The file is a report to the SII (%(root)s) and no tax document.")
_ANSWER = _lt(
    "The file is an answer to documents of ours (%(root)s) and no tax document. Mail it to the "
    "issuer's mailbox, where answers are read."
)
_NO_DOCUMENT = {
    "Documento": _lt(
        "The file has a document (Documento) without the DTE and the signature around it, by which "
        "it is known. Ask the supplier for the XML that went to the SII."
    ),
    "EnvioDTE": _ENVELOPE,
    "EnvioBOLETA": _ENVELOPE,
    "SetDTE": _ENVELOPE,
    "RespuestaDTE": _ANSWER,
    "EnvioRecibos": _ANSWER,
    "RESULTADO_ENVIO": _lt(
        "The file is a result of the SII (RESULTADO_ENVIO), about documents of ours. Load it with "
        "“Read Result Mail”, or mail it to the issuer's mailbox."
    ),
    "AUTORIZACION": _lt(
        "The file holds folios (CAF) and no tax document. Load it where the issuer's folios are."
    ),
    "AEC": _lt(
        "The file is the cession of a document (AEC) and not the document itself. Ask the supplier "
        "for the XML of the DTE."
    ),
    "ConsumoFolios": _REPORT,
    "LibroCompraVenta": _REPORT,
    "LibroBoleta": _REPORT,
    "LibroGuia": _REPORT,
}
"""By the root of a file without a DTE."""

_PROMISED = (".xml", ".zip", ".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz")
"""Endings of names of what somebody sends to be read."""

_UNREADABLE = _lt(
    "The file cannot be read (%(code)s). Load it as it was sent, or ask for it again."
)
_STAMP = _lt("Its stamp (TED), or the authorisation of its folio, is not valid (%(code)s).")


def file_problem_text(env, problem):
    """Why a file cannot be read, and what to do."""
    by_root = _NO_DOCUMENT.get(problem.data.get("root")) if problem.code == "no_document" else None
    sentence = env._(by_root or _FILE.get(problem.code, _UNREADABLE))
    return sentence % {**problem.data, "code": problem.code}


def unread_text(env, content, name):
    """Why nothing comes of a mailed or dropped file that was meant to be read; empty for what
    people read, such as a print or a picture, whatever is in it."""
    promised = name.lower().endswith(_PROMISED) or mail_files.kind_of(content, name)
    if not promised and file_kind.of(content) not in file_kind.ARCHIVES:
        return ""
    try:
        received_file.read(content, name)
    except UnsafeXml as problem:
        return file_problem_text(env, problem)
    return ""


def verdict_text(env, problem):
    """What is wrong with a document that could be read."""
    sentence = env._(_VERDICT.get(problem.code, _STAMP))
    return sentence % {**problem.data, "code": problem.code}
