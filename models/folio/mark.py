"""A database's mark: by it a database knows that it is itself, and not a copy nor a backup."""

import copy
import fcntl
import json
import os
import socket
import uuid
from contextlib import contextmanager
from pathlib import Path

from odoo import api, models
from odoo.tools import config

from .mark_file import MarkFile

_OPTION = "l10n_cl_sii_mark"
_PARAMETER = "l10n_cl_sii.mark"
# A mark's file holds a line for each type of each company.
_LARGEST_FILE = 1_000_000


class Mark(models.AbstractModel):
    """Half of the mark is in the database and travels with its copies; the other is a small file.

    In the database: id, name and uuid of the database that got it, and whether the file was
    written. In the file: the same, and the highest folio sent of each kind. Only scheduled
    actions touch the file; no posting and no request does.
    """

    _name = "l10n_cl.mark"
    _description = "Mark of this database"

    # -- the half in the database

    @api.model
    def _kept(self):
        """What the database holds of its mark; empty when it never got one.

        One that somebody spoilt is nobody's: the database asks, as a copy does.
        """
        text = self.env["ir.config_parameter"].sudo().get_param(_PARAMETER)
        if not text:
            return {}
        try:
            kept = json.loads(text)
            return {**kept, **{name: str(kept[name]) for name in ("id", "database", "uuid")}}
        except (ValueError, KeyError, TypeError, RecursionError):
            return {"id": "", "database": "", "uuid": "", "filed": False, "doubted": True}

    @api.model
    def _current(self):
        """The id by which issuers know this database as theirs; None in a copy, "" without mark."""
        kept = self._kept()
        if not kept:
            return ""
        at_home = (kept["database"], kept["uuid"]) == (self.env.cr.dbname, self._uuid())
        return kept["id"] if at_home and not kept.get("doubted") else None

    @api.model
    def _keep(self, **values):
        text = json.dumps({**self._kept(), **values})
        self.env["ir.config_parameter"].sudo().set_param(_PARAMETER, text)

    @api.model
    def _new(self):
        """A mark for this database, in the place of any that it had; returns its id. Its file is
        written by the next scheduled action."""
        identifier = uuid.uuid4().hex
        self._keep(
            id=identifier,
            database=self.env.cr.dbname,
            uuid=self._uuid(),
            filed=False,
            doubted=False,
        )
        return identifier

    @api.model
    def _uuid(self):
        return self.env["ir.config_parameter"].sudo().get_param("database.uuid")

    # -- the half beside the filestore

    @api.model
    def _path(self):
        """Where the file lies: beside the filestore, or where odoo.conf or the environment put it.

        A folder holds a file for each database; a file is one database's.
        """
        given = config.get(_OPTION) or os.environ.get(_OPTION.upper())
        database = f"{self.env.cr.dbname}.json"
        if not given:
            return Path(config.filestore(self.env.cr.dbname)).parent / f"l10n_cl_sii-{database}"
        path = Path(given)
        return path / database if path.is_dir() else path

    @api.model
    def _read(self):
        """The file (MarkFile), or None when there is none that can be read and makes sense."""
        try:
            with self._path().open("rb") as file:
                content = json.loads(file.read(_LARGEST_FILE))
            mark = MarkFile(
                id=str(content["id"]),
                database=str(content["database"]),
                uuid=str(content["uuid"]),
                highest={key: int(value) for key, value in content["highest"].items()},
                below={
                    key: [[int(first), int(last)] for first, last in runs]
                    for key, runs in content.get("below", {}).items()
                },
                host=str(content.get("host", "")),
            )
        except (
            OSError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            OverflowError,
            RecursionError,
        ):
            return None
        return mark if mark.makes_sense() else None

    @api.model
    def _write(self, sent=(), unsent=()):
        """Write this database's mark into the file; the highest folio sent only ever grows there.

        sent, unsent: (key, folio) pairs. Raises OSError.
        """
        kept = self._kept()
        if not kept:
            return
        with self._locked():
            former = self._read()
            mark = MarkFile(kept["id"], kept["database"], kept["uuid"], host=socket.gethostname())
            if former and former.id == mark.id:
                mark.highest = dict(former.highest)
                mark.below = copy.deepcopy(former.below)
            for key, folio in sorted(sent):
                mark.note(key, folio)
            for key, folio in unsent:
                mark.forget(key, folio)
            if mark != former:
                path = self._path()
                fresh = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
                try:
                    fresh.write_text(json.dumps(vars(mark)), encoding="utf-8")
                    fresh.replace(path)
                finally:
                    # a disk that is full must not fill up with halves of it
                    fresh.unlink(missing_ok=True)

    @contextmanager
    def _locked(self):
        """One process at a time, also of those that share the folder over a network."""
        path = self._path()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_name(f"{path.name}.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    # -- the two compared

    @api.model
    def _is_other(self, file):
        """Whether the file shows that this is not the database that got the mark."""
        kept = self._kept()
        if not file:
            return kept.get("filed", False)
        ours = (kept["id"], self.env.cr.dbname, self._uuid())
        if not kept.get("filed") and file.id != kept["id"]:
            # just confirmed, or just installed in the place of one that is gone
            return False
        return (file.id, file.database, file.uuid) != ours
