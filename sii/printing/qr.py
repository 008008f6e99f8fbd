"""The stamp once more as a QR code, which any phone reads."""

from .. import libraries
from . import bars

QUIET_MODULES = 4


def svg(data: bytes) -> str:
    """A drawing of `data` in byte mode with its quiet zone.

    The PDF417 beside it withstands damage, so error correction is at its lowest: the fewer
    modules, the larger each one is on paper.
    """
    qrcode = libraries.load("qrcode")
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_L, border=0)
    code.add_data(data, optimize=0)
    return bars.svg(code.get_matrix(), 1, QUIET_MODULES, QUIET_MODULES)
