"""Looks for private keys wherever a database can hold one: every column, every attachment."""

import base64
import re

from cryptography.hazmat.primitives.serialization import load_pem_private_key, pkcs12

from odoo.tools import SQL

_WORDS = (b"PRIVATE KEY-----", b"RSASK")
_CHUNK = 24


def private_number(pem, password=None):
    """The private exponent of a key in PEM, big-endian: what nobody but its owner may know."""
    number = load_pem_private_key(pem, password).private_numbers().d
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def caf_number(file):
    """The private exponent of a CAF file's key."""
    pem = re.search(rb"-----BEGIN.*?-----END[^-]*-----", file, re.DOTALL).group()
    return private_number(b"\n".join(line.strip() for line in pem.splitlines()))


def needles(number):
    """Parts of it as they would stand in raw bytes, hexadecimal, or base64 at any alignment."""
    middle = number[len(number) // 2 :][:_CHUNK]
    coded = [base64.b64encode(bytes(shift) + middle)[4:-4] for shift in range(3)]
    twice = [base64.b64encode(bytes(shift) + text)[4:-4] for text in coded for shift in range(3)]
    return [middle, middle.hex().encode(), *coded, *twice]


class KeySearch:
    """``passwords``: what a PKCS#12 file is tried to be opened with."""

    def __init__(self, env, numbers, passwords=()):
        self._env = env(su=True)
        self._needles = [needle for number in numbers for needle in needles(number)]
        self._passwords = [None, *(password.encode() for password in passwords)]

    def places(self, but=()):
        """Where a private key lies: ``table.column`` or ``attachment id``."""
        self._env.flush_all()
        return [place for place in (*self._columns(), *self._attachments()) if place not in but]

    def _columns(self):
        self._env.cr.execute(
            """SELECT c.table_name, c.column_name, c.udt_name
                 FROM information_schema.columns c
                 JOIN information_schema.tables t USING (table_schema, table_name)
                WHERE c.table_schema = current_schema AND t.table_type = 'BASE TABLE'
                  AND c.udt_name IN ('varchar', 'text', 'bytea', 'json', 'jsonb', 'bpchar')"""
        )
        for table, column, kind in self._env.cr.fetchall():
            if self._holds(table, column, kind):
                yield f"{table}.{column}"

    def _holds(self, table, column, kind):
        name = SQL.identifier(column)
        if kind == "bytea":
            tests = [SQL("position(%s::bytea in %s) > 0", each, name) for each in self._needles]
            test = SQL(" OR ").join(tests)
        else:
            # base64 comes in lines; as text it stands in JSON with the ends of lines written out
            texts = "|".join(re.escape(each.decode()) for each in self._needles if each.isascii())
            flat = SQL(r"regexp_replace(%s::text, '\s|\\n', '', 'g')", name)
            test = SQL("length(%s::text) >= %s AND %s ~ %s", name, _CHUNK, flat, texts)
        self._env.cr.execute(SQL("SELECT 1 FROM %s WHERE %s LIMIT 1", SQL.identifier(table), test))
        return bool(self._env.cr.fetchall())

    def _attachments(self):
        files = self._env["ir.attachment"].search([("id", "!=", False)])
        for file in files:
            content = file.raw or b""
            flat = re.sub(rb"\s|\\n", b"", content)
            if (
                any(word in content for word in _WORDS)
                or any(needle in content or needle in flat for needle in self._needles)
                or self._opens(content)
            ):
                yield f"attachment {file.res_model}.{file.res_field} {file.name}"

    def _opens(self, content):
        """Whether it is a PKCS#12 file that gives a key away."""
        if not content.startswith(b"\x30"):
            return False
        for password in self._passwords:
            try:
                if pkcs12.load_pkcs12(content, password).key:
                    return True
            except ValueError:
                continue
        return False
