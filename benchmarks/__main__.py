"""Measure and print; nothing is written."""

from . import library_bench, machine

print(machine.describe(), end="\n\n")
library_bench.run(print)
