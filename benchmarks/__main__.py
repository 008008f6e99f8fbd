"""Measure and print; nothing is written, and the databases made for it are dropped."""

from . import (
    accepted_bench,
    archived_bench,
    claims_bench,
    growth_bench,
    lanes_bench,
    library_bench,
    machine,
    mailing_bench,
    posting_bench,
    register_bench,
    register_pages_bench,
    served_bench,
)

print(machine.describe())
for bench in (
    library_bench,
    posting_bench,
    growth_bench,
    claims_bench,
    accepted_bench,
    served_bench,
    lanes_bench,
    mailing_bench,
    archived_bench,
    register_bench,
    register_pages_bench,
):
    print()
    bench.run(print)
