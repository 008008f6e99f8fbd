from dataclasses import dataclass

from odoo import models


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What keeps something from being emitted. text: for people. record: where it is fixed.

    code: stable, for programs. field: what to give, by the name that programs use. Both are
    empty where no program reads them.
    """

    text: str
    record: models.BaseModel
    code: str = ""
    field: str = ""
