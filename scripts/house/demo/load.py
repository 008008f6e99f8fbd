"""Loads the demo company into a database; runs inside ``odoo shell``."""

from . import checkout, company, customers, outside, products, programs, register
from .simulator_api import SimulatorApi


def load(env, simulator_url: str) -> None:
    """Set up the company, its issuer and folios, customers, products and programs; commit."""
    outside.close(env)
    simulator = SimulatorApi(simulator_url)
    issuer = company.set_up(env, simulator)
    company.load_cafs(env, issuer, simulator)
    customers.create(env)
    products.create(env)
    programs.create(env)
    checkout.create(env)
    register.load(env, issuer.company_id)
    env.cr.commit()
