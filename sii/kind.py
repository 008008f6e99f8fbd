"""What there is to know of a type of tax document: the form of a row of ``kinds``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .codes import CodRef


class Family(StrEnum):
    """What a document is, electronic or on paper, with VAT or without."""

    FACTURA = "factura"
    LIQUIDACION = "liquidacion"
    BOLETA = "boleta"
    PURCHASE = "purchase"
    GUIDE = "guide"
    DEBIT_NOTE = "debit_note"
    CREDIT_NOTE = "credit_note"
    FEES = "fees"
    OTHER = "other"


class Body(StrEnum):
    """The element that holds it, each with a schema and a writer of its own (PROTOCOL 5.1)."""

    DOCUMENTO = "Documento"
    BOLETA = "Documento of DTE_BOLETA"
    LIQUIDACION = "Liquidacion"
    EXPORTACIONES = "Exportaciones"


class Channel(StrEnum):
    """The SII's two ways in: DTEUpload, and the service of boletas (PROTOCOL 2, 4.1)."""

    DTE = "dte"
    BOLETA = "boleta"


class Book(StrEnum):
    """The book in which its issuer has it: the VAT of a purchase invoice is credit (IECV)."""

    SALES = "sales"
    PURCHASES = "purchases"
    GUIDES = "guides"


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """One type of document. What is not given is no; norms are named at the field or the row."""

    code: int
    # Legal name, as printed (PROTOCOL 6.3 names; paper: Formato DTE, TpoDocRef).
    name: str
    # How its number begins in Odoo (l10n_latam.document.type of l10n_cl).
    short: str = ""
    family: Family = Family.OTHER
    # None: there is no XML of it.
    body: Body | None = None
    # Written by this library, from rules to print.
    issued: bool = False
    book: Book | None = None

    # Wholly exempt, marked line by line or not (PROTOCOL 5.5 IndExe; exports: NEXT_TYPES 2.3).
    exempt: bool = False
    # The same document with VAT, or without.
    twin: int | None = None
    # It always has net and VAT, and a line with VAT (5.1; the SII rejects a 33 without).
    vat_always: bool = False
    # CredEC may be taken off (5.4, field MntBase, MntMargenCom, CredEC).
    construction_credit: bool = False
    # Abroad: dollars, customs, and notes of its own (5.8).
    export: bool = False

    # A note of ours may change it (format 2.5 E.8; LAW_2026 8). 40 and 43 are uncertain.
    changeable: bool = False
    # Of a note: what it may do to which family (same source).
    changes: Mapping[CodRef, frozenset[Family]] = field(default_factory=dict)
    # It may have TpoTranVenta and TpoTranCompra (5.4).
    states_sale: bool = False
    states_purchase: bool = False
    # It may accompany goods on the road (Res. Ex. SII 154/2025).
    carries_goods: bool = False

    # The receiver may accept or claim it at the SII (8.4).
    claimable: bool = False
    # Its holder may cede it, and prints the copy for that (Ley 19.983; 6.3). A guía of a sale has a
    # copy too, which reads "cedible con su factura".
    cedible: bool = False
    # A receipt of goods may be given for it (8.3, TipoDoc of Recibos_v10).
    receipt: bool = False
    # The seller sends its XML to the buyer, who waits for it (5.2, exchange).
    exchanged: bool = False
    # One that is received becomes a vendor bill.
    billed: bool = False
    # Its print always bears the stamp; a boleta's may bear a page's address instead (6.3, FBOL).
    stamped: bool = False

    # Months in which a folio may be signed: types that give tax credit (7.3); None: no end.
    folio_months: int | None = None
    # Lines at most (12.1).
    max_lines: int = 60

    # The register has a line a month of all of them together (9.1), and no list of them.
    summed: bool = False
    only_summed: bool = False
    # In the daily summary of folios, RCOF (4.5).
    daily_summary: bool = False

    @property
    def text(self) -> str:
        """The code as references and Odoo have it."""
        return str(self.code)

    @property
    def is_electronic(self) -> bool:
        """Whether the SII has it as XML."""
        return self.body is not None

    @property
    def is_boleta(self) -> bool:
        """Whether it is a boleta with a schema, a channel and rules of its own (PROTOCOL 4)."""
        return self.body is Body.BOLETA

    @property
    def channel(self) -> Channel | None:
        """The way on which it reaches the SII."""
        if self.body is None:
            return None
        return Channel.BOLETA if self.is_boleta else Channel.DTE

    @property
    def is_credit_note(self) -> bool:
        """Whether it takes from other documents."""
        return self.family is Family.CREDIT_NOTE

    @property
    def is_debit_note(self) -> bool:
        """Whether it adds to other documents, or annuls a credit note."""
        return self.family is Family.DEBIT_NOTE

    @property
    def is_note(self) -> bool:
        """Whether it changes other documents, and so must refer to one."""
        return self.is_credit_note or self.is_debit_note

    @property
    def is_purchase(self) -> bool:
        """Whether the buyer issues it, and retains VAT."""
        return self.family is Family.PURCHASE

    @property
    def is_guide(self) -> bool:
        """Whether it goes with goods and bills nothing."""
        return self.family is Family.GUIDE

    def may_change(self, other: "Kind", code: CodRef) -> bool:
        """Whether a note of this type may do that to a document of the other."""
        return other.changeable and other.family in self.changes.get(code, ())

    @property
    def is_target(self) -> bool:
        """Whether a note that refers to it means to change it, which the SII may refuse."""
        return self.changeable or self.is_guide or (self.export and self.is_electronic)
