"""The program that looks for the files in a PDF (standard input) and unpacks them.

Arguments: how many there may be, and how many bytes they may have together. Its exit code is 0
when all is within the limits. Run by ``pdf_files``, outside of the package.
"""

import io
import os
import sys
import warnings

_CPU_SECONDS = 2
_MEMORY_BYTES = 300 * 1024 * 1024


def _limit() -> None:
    if os.name != "posix":
        return  # there its parent's clock alone stops it
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _is_within(data: bytes, most_files: int, most_bytes: int) -> bool:
    try:  # the one that Odoo takes, in its order
        from PyPDF2 import PdfReader
    except ImportError:
        from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        reader.decrypt("")
    place = reader.trailer["/Root"]
    for name in ("/Names", "/EmbeddedFiles", "/Names"):
        place = place.get(name, {})
        place = place.get_object() if hasattr(place, "get_object") else place
    named = list(place or ())[1::2]
    if len(named) > most_files:
        return False
    for each in named:
        most_bytes -= len(each.get_object()["/EF"]["/F"].get_object().get_data())
        if most_bytes < 0:
            return False
    return True


if __name__ == "__main__":
    _limit()
    warnings.simplefilter("ignore")
    sys.exit(not _is_within(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2])))
