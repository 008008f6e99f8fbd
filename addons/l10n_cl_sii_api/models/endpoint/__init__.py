"""Addresses of the API in Odoo: one for programs, one for readers of the register."""

from . import fastapi_endpoint
from . import register_endpoint
