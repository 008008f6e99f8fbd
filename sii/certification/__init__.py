"""The SII's certification sets, from their text to documents."""
