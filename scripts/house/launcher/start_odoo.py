"""Odoo as a script, in a folder of its own.

When Odoo has taken too much time or memory it runs its own command again. As ``-m odoo`` that
fails: what is run again is then a file of a package, by its bare path.
"""

import odoo.cli

if __name__ == "__main__":
    odoo.cli.main()
