"""A payment plan for an order."""

from . import payment_plan
