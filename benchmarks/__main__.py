"""Measure and print; nothing is written, and the databases made for it are dropped."""

from . import (
    growth_bench,
    library_bench,
    machine,
    posting_bench,
    register_bench,
    register_pages_bench,
)

print(machine.describe(), end="\n\n")
library_bench.run(print)
print()
posting_bench.run(print)
print()
growth_bench.run(print)
print()
register_bench.run(print)
print()
register_pages_bench.run(print)
