"""How fast the house is, and against what: `make bench`. Figures: docs/performance.md."""
