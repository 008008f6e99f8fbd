"""Reading, writing and checking the SII's XML."""
