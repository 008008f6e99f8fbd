"""Certificates of authorities: loaded."""

from . import load
