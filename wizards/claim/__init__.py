"""Accepting and claiming received documents."""

from . import claim_documents
