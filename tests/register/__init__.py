"""The SII's register."""
