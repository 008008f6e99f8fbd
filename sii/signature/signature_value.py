"""The value of a document's own signature, by which the SII knows it from any other."""

_START, _END = b"<SignatureValue>", b"</SignatureValue>"


def of(xml: bytes) -> str:
    """Base64 of the SignatureValue of a signed DTE of ours; '' when it bears none.

    The document's signature is its last element: the stamp's is called FRMT.
    """
    start = xml.rfind(_START)
    end = xml.find(_END, start)
    if start < 0 or end < 0:
        return ""
    return "".join(xml[start + len(_START) : end].decode("ascii").split())
