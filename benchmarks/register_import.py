"""Runs inside Odoo: the import of a register file, as the wizard does it."""

import json
import time
from pathlib import Path

from .measure import peak
from .register_file import COMPANY, PERIOD


def set_up(env):
    """A Chilean company with its RUT."""
    company = env.company
    company.write({"country_id": env.ref("base.cl").id, "vat": COMPANY})
    env.cr.commit()


def measure(env, path, mark):
    """Import a file into an empty register; seconds of the whole, database included."""
    env.cr.execute("TRUNCATE l10n_cl_rcv_entry CASCADE")
    env.cr.commit()
    wizard = env["l10n_cl.import.rcv"].create({"month": PERIOD})
    attachment = env["ir.attachment"].create({"name": "x.csv", "raw": Path(path).read_bytes()})
    wizard.attachment_ids = attachment
    env.cr.commit()
    start = time.perf_counter()
    wizard.action_import()
    env.cr.commit()
    seconds = time.perf_counter() - start
    result = wizard.file_ids
    if result.problems:
        raise RuntimeError(result.problems)
    print(mark + json.dumps({"count": result.created, "seconds": seconds, "peak": peak()}))
