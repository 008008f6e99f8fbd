"""Odoo's command line as a file: its master starts it again for the process of the websocket."""

from odoo.cli.command import main

main()
