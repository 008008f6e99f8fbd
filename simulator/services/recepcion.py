"""The answers of DTEUpload (PROTOCOL 2.2)."""

from dataclasses import dataclass
from xml.sax.saxutils import escape

from .answer import Answer, Shape

ERROR_PAGE = (
    b"<html><head><title>SII</title></head><body><h2>HA OCURRIDO UN ERROR EN EL UPLOAD</h2>"
    b"</body></html>"
)


@dataclass(frozen=True, slots=True)
class Recepcion:
    """``RECEPCIONDTE``; TRACKID only with STATUS 0, DETAIL only with STATUS 7."""

    sender: str
    company: str
    filename: str
    timestamp: str
    status: int
    track_id: int = 0
    errors: tuple[str, ...] = ()

    def answer(self, shape: Shape) -> Answer:
        lines = [
            f'<?xml version="1.0" encoding="{shape.encoding}"?>',
            "<RECEPCIONDTE>",
            f"<RUTSENDER>{self.sender or '-'}</RUTSENDER>",
            f"<RUTCOMPANY>{self.company or '-'}</RUTCOMPANY>",
            f"<FILE>{escape(self.filename)}</FILE>",
            f"<TIMESTAMP>{self.timestamp}</TIMESTAMP>",
            f"<STATUS>{self.status}</STATUS>",
        ]
        if self.track_id:
            lines.append(f"<TRACKID>{self.track_id:010d}</TRACKID>")
        if self.errors:
            errors = "".join(f"<ERROR>{escape(error)}</ERROR>\n" for error in self.errors)
            lines.append(f"<DETAIL>\n{errors}</DETAIL>")
        lines.append("</RECEPCIONDTE>\n")
        outcome = " ".join([f"STATUS {self.status}", *self._facts()])
        return Answer(
            "\n".join(lines).encode(shape.encoding, "xmlcharrefreplace"),
            outcome,
            f"text/xml; charset={shape.encoding}",
        )

    def _facts(self) -> list[str]:
        if self.track_id:
            return [f"TRACKID {self.track_id:010d}", f"company {self.company}"]
        return list(self.errors[:3])
