"""Pages of the register's list API over real HTTP, of a small register and of a great one."""

import json
import os
import re
import statistics
import time
import urllib.request
from collections.abc import Callable

from house import databases, odoo_process, paths, postgres, servers

from . import odoo_shell

SIZES = (10_000, 1_000_000)
PER_PAGE = 300
CALLS = 7
_MARK = "key: "
# how Odoo logs a call: status, size, number of queries
_LOGGED = re.compile(r'GET /v1/invoices[^"]*" 200 \S+ (\d+) ')
_LINK = re.compile(r'<([^>]*)>; rel="(\w+)"')
_Figures = dict[str, tuple[float, int]]


def run(write: Callable[[str], None]) -> None:
    """Measure and report; the database is dropped again."""
    name = f"bench_pages_{os.getpid()}"
    with postgres.running() as server:
        odoo_process.write_config(server)
        databases.ensure_template(server)
        try:
            databases.clone(server, name)
            databases.install(name, ["l10n_cl_sii_api"])
            output = odoo_shell.call(name, "register_pages", f"set_up(env, {_MARK!r})")
            line = next(line for line in output.splitlines() if line.startswith(_MARK))
            key = json.loads(line.removeprefix(_MARK))
            figures, before = {}, 0
            for size in SIZES:
                odoo_shell.call(name, "register_pages", f"fill(env, {before + 1}, {size})")
                figures[size], before = _measure(name, key, size), size
        finally:
            databases.drop(server, name)
    _report(write, figures)


def _measure(database: str, key: str, size: int) -> _Figures:
    """Milliseconds and queries of the first page, of those that its links lead to, and of one in
    the middle by its number."""
    with servers.odoo(database) as url:
        first = f"{url}/v1/invoices?per_page={PER_PAGE}"
        for _warm in range(2):
            links = _page(first, key)[2]
        last = links["last"]
        pages = {
            "first": first,
            "next": links["next"],
            "one before last": _page(last, key)[2]["prev"],
            "last": last,
            "middle, counted": f"{first}&page={size // PER_PAGE // 2}",
        }
        # by turns, so that what else the machine does is the same for all
        calls = [{name: _page(each, key) for name, each in pages.items()} for _ in range(CALLS)]
    return {name: _median([each[name] for each in calls]) for name in pages}


def _page(address: str, key: str) -> tuple[float, int, dict[str, str]]:
    """Milliseconds, queries, and where the answer leads to."""
    log = paths.LOGS / "odoo.log"
    read = log.stat().st_size
    request = urllib.request.Request(address, headers={"Authorization": key})
    start = time.perf_counter()
    with urllib.request.urlopen(request) as answer:
        json.load(answer)
        links = {rel: link for link, rel in _LINK.findall(answer.headers["Link"])}
    milliseconds = (time.perf_counter() - start) * 1000
    return milliseconds, _queries(log, read), links


def _queries(log, read: int) -> int:
    """Of the call that was logged after so many bytes; it is when the client has its answer."""
    for _try in range(200):
        with log.open("rb") as stream:
            stream.seek(read)
            if found := _LOGGED.search(stream.read().decode()):
                return int(found[1])
        time.sleep(0.01)
    raise RuntimeError(f"No call in {log}")


def _median(calls: list[tuple[float, int, dict]]) -> tuple[float, int]:
    return statistics.median(each[0] for each in calls), max(each[1] for each in calls)


def _report(write: Callable[[str], None], figures: dict[int, _Figures]) -> None:
    write(f"GET /v1/invoices, {PER_PAGE} a page, medians of {CALLS} calls by turns")
    pages = next(iter(figures.values()))
    write(f"{'milliseconds (queries)':24}" + "".join(f"{name:>18}" for name in pages))
    for size, found in figures.items():
        cells = "".join(f"{f'{ms:.0f} ({count})':>18}" for ms, count in found.values())
        write(f"{f'of {size:,} entries':24}{cells}")
