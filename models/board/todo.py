from odoo import api, models

from ..access.entry import MANAGER
from ..health.texts import finding_text
from .words import type_name

# told by the banner, by the causes and by the tiles
_TOLD = ("unreachable", "rejected", "foreign", "attention", "parked")
# Code of a finding -> (which list mends it, icon). Others are mended on the issuer.
_MENDED = {
    "no_folios": ("cafs", "fa-hashtag"),
    "few_folios": ("cafs", "fa-hashtag"),
    "folios_expire": ("cafs", "fa-hashtag"),
    "certificate_expired": ("issuer", "fa-certificate"),
    "certificate_ends": ("issuer", "fa-certificate"),
    "unknown": ("unknown", "fa-question-circle"),
    "void": ("void", "fa-ban"),
    "late": ("late", "fa-clock-o"),
    "altered": ("incidents", "fa-exclamation-circle"),
    "unwritten": ("incidents", "fa-exclamation-circle"),
    "unrequested": ("statements", "fa-money"),
    "undone": ("statements", "fa-money"),
    "not_emitted": ("requests", "fa-clock-o"),
    "issued_elsewhere": ("register_issued_only_sii", "fa-exclamation-circle"),
    "register_unread": ("periods", "fa-refresh"),
}
# lists that managers alone open
_OF_MANAGERS = ("incidents",)


class Board(models.AbstractModel):
    """What to do now: causes first, then what health found, each with the button that mends it."""

    _inherit = "l10n_cl.board"

    @api.model
    def _todo(self, causes, findings):
        """findings: of health, worst first. It is computed there, and nowhere twice."""
        return causes + [
            self._todo_line(finding) for finding in findings if finding.code not in _TOLD
        ]

    def _todo_line(self, finding):
        opened, icon = _MENDED.get(finding.code, ("issuer", "fa-exclamation-triangle"))
        title, text = self._short(finding) or self._split(finding_text(self.env, finding))
        manages = self.env.user.has_group(MANAGER)
        return {
            "title": title,
            "text": text,
            "icon": icon,
            "level": "bad" if finding.severity == "critical" else "look",
            "button": self._button(opened, manages),
            "open": opened,
            "ids": [],
        }

    def _button(self, opened, manages):
        """What it says; nothing where this person may not mend it."""
        if opened in _OF_MANAGERS and not manages:
            return ""
        if opened == "cafs":
            return self.env._("Load") if manages else ""
        return self.env._("How") if opened == "issuer" and manages else self.env._("View")

    def _short(self, finding):
        """(title, text) of what has a short name; else nothing."""
        data = finding.data
        if finding.code in ("no_folios", "few_folios"):
            code = int(data["type"].code)
            name = type_name(code)
            title = (
                self.env._("No folios left: %s", name)
                if finding.code == "no_folios"
                else self.env._("Few folios left: %s", name)
            )
            ask = self.env._(
                "Ask for %(ask)s folios of type %(code)s and drop them here",
                ask=data["ask"],
                code=code,
            )
            return title, ask
        if finding.code in ("certificate_ends", "certificate_expired"):
            day = f"{data['date']:%d-%m}"
            title = (
                self.env._("Certificate: it ends on %s", day)
                if finding.code == "certificate_ends"
                else self.env._("Certificate: it ended on %s", day)
            )
            return title, self.env._("Renew it in time with its provider")
        return None

    def _split(self, text):
        """First sentence, and the rest."""
        head, _dot, rest = text.partition(". ")
        return head.rstrip("."), rest
