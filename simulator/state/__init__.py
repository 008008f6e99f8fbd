"""What the simulated SII remembers: one SQLite database, one class per register."""
