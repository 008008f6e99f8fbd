"""How much the SII's fields hold: characters of texts, and how often a group may stand (PROTOCOL
5.3). Rules, XML and Odoo's fields read it here, and nowhere else.

A text that identifies somebody or something is refused when it is longer; an address, city, phone,
contact, branch or seller is clipped by the writer. How many lines a document has depends on its
type.
"""

# Emisor and Receptor
NAME = 100
ISSUER_GIRO = 80
GIRO = 40
"""Of a receiver."""
ADDRESS = 70
COMUNA = 20
CITY = 20
PHONE = 20
EMAIL = 80
CONTACT = 80
BRANCH = 20
SELLER = 60
INTERNAL_CODE = 20
ACTECOS = 4

# Payment
TERMS = 100
INSTALMENTS = 30
INSTALMENT_NOTE = 40

# Transporte
PLATE = 8
DRIVER_NAME = 30

# Detalle
ITEM_NAME = 80
DESCRIPTION = 1000
UNIT = 4
ITEM_CODES = 5
ITEM_CODE_KIND = 10
ITEM_CODE = 35
LINE_TAXES = 2
CURRENCY_CODE = 3

# DscRcgGlobal
ADJUSTMENTS = 20
ADJUSTMENT_REASON = 45

# Referencia
REFERENCES = 40
REFERENCE_TYPE = 3
REFERENCE_FOLIO = 18
TAX_FOLIO = 10
"""Digits of a folio of a tax document."""
REFERENCE_REASON = 90
REFERENCE_LABEL = 18
"""CodRef in words, of boletas."""

# Totales
TAXES = 20

# TED
STAMPED_NAME = 40
"""RSR and IT1, the printed beginning of receiver and first item (PROTOCOL 6.1)."""

# Books of purchases and sales
BOOK_NAME = 50
