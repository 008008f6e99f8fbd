"""``run``: the demo, served until Ctrl-C; with ``SERVE=0`` it ends when the SII has accepted.

``FRESH=1`` makes the demo's database and the simulator's data again.
"""

import os
import time

from .. import odoo_process, postgres, servers, single
from ..demo import database, emission, output, programs
from ..demo.simulator_api import SimulatorApi
from ..demo.user import LOGIN, PASSWORD, User
from ..progress import show

LOOK_EVERY_SECONDS = 2


def main(arguments: list[str]) -> int:
    fresh = os.environ.get("FRESH", "0") != "0"
    with single.instance("run"):
        if fresh:
            database.forget()
        _run(fresh)
    return 0


def _run(fresh: bool) -> None:
    with postgres.running() as server, servers.simulator() as simulator_url:
        odoo_process.write_config(server)
        simulator = SimulatorApi(simulator_url)
        show(f"==> SII simulator at {simulator_url}")
        database.prepare(server, simulator, fresh)
        with servers.odoo(database.NAME) as url:
            show(f"==> Odoo at {url}")
            user = User(url, database.NAME)
            invoice = _emit(user, simulator)
            if os.environ.get("SERVE", "1") != "0":
                show(f"\nOdoo:       {url}/odoo  (login {LOGIN}, password {PASSWORD})")
                show(
                    f"Invoice:    {url}/odoo/action-account.action_move_out_invoice_type/{invoice}"
                )
                show(f"API:        {url}/api/v1/integration/docs  (its keys are in run.json)")
                show(f"Simulator:  {simulator_url}/")
                _serve()


def _emit(user: User, simulator: SimulatorApi) -> int:
    show("==> A first factura and a first boleta, as a user confirms them")
    output.start()
    factura, boleta = emission.post_factura(user), emission.post_boleta(user)
    entries = []
    for invoice in (factura, boleta):
        document = emission.follow(user, invoice, simulator.url)
        entries.append(output.write_document(user, invoice, document))
    run_json = output.write_run(user, simulator, entries, programs.keys(user))
    for name, entry in zip(("Factura", "Boleta"), entries, strict=True):
        text = f"{entry['state']} by the SII, track id {entry['track_id']}"
        show(f"==> {name} {entry['folio']}: {text}")
    for name in [*(name for entry in entries for name in entry["files"]), run_json.name]:
        show(f"    {run_json.parent / name}")
    return factura


def _serve() -> None:
    show("Ctrl-C ends both.")
    try:
        while True:
            servers.check_running()
            time.sleep(LOOK_EVERY_SECONDS)
    except KeyboardInterrupt:
        show("\nGood-bye.")
