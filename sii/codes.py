"""Code tables of the SII as enums, each with its source."""

from enum import IntEnum, StrEnum


class TipoDte(IntEnum):
    """The document types that we issue (PROTOCOL 5.1); their traits are in ``kinds``."""

    FACTURA = 33
    FACTURA_EXENTA = 34
    BOLETA = 39
    BOLETA_EXENTA = 41
    FACTURA_COMPRA = 46
    NOTA_DEBITO = 56
    NOTA_CREDITO = 61


class CodRef(IntEnum):
    """What a note does to the document it refers to (PROTOCOL 5.5)."""

    ANNULS = 1
    CORRECTS_TEXT = 2
    CORRECTS_AMOUNTS = 3


class NoteReason(StrEnum):
    """Why a credit note takes back: DL 825 gives each reason a term of its own (LAW_2026 1).

    RETURN: goods returned, services called off (art. 21 N° 2). ERROR: a document that should not
    be, or billed too much (art. 22). DISCOUNT: granted after the document (art. 21 N° 1).
    """

    RETURN = "return"
    ERROR = "error"
    DISCOUNT = "discount"


class FmaPago(IntEnum):
    """Form of payment (PROTOCOL 5.5); credit is what the SII assumes when it is absent."""

    CASH = 1
    CREDIT = 2
    FREE = 3


class MedioPago(StrEnum):
    """Means of payment (PROTOCOL 5.5); boletas write them as numbers (PROTOCOL 4.4)."""

    CHEQUE = "CH"
    DEFERRED_CHEQUE = "CF"
    BILL_OF_EXCHANGE = "LT"
    CASH = "EF"
    TRANSFER = "PE"
    CARD = "TC"
    OTHER = "OT"


class IndServicio(IntEnum):
    """Kind of service invoiced, numbered as on facturas (PROTOCOL 5.5).

    Boletas write 1 and 2 the other way round, mean sales as well by 3, and alone know 4, which
    requires the data of each ticket and is not written yet (PROTOCOL 4.4).
    """

    PERIODIC_DOMICILIARY = 1
    PERIODIC_OTHER = 2
    SERVICES = 3
    EVENT_TICKET = 4


class IndExe(IntEnum):
    """Why a line carries no VAT (PROTOCOL 5.5)."""

    EXEMPT = 1
    NOT_BILLABLE = 2
    CONTAINER_DEPOSIT = 3
    NOT_SOLD = 4
    DEDUCTED_FROM_GUIDE = 5
    NOT_BILLABLE_NEGATIVE = 6


class TpoTranVenta(IntEnum):
    """What a sale is to who sells, which binds his register (Formato DTE 2.5)."""

    BUSINESS = 1
    FIXED_ASSET = 2
    REAL_ESTATE = 3


class TpoTranCompra(IntEnum):
    """What a purchase is to who buys (Formato DTE 2.5)."""

    BUSINESS = 1
    SUPERMARKET = 2
    REAL_ESTATE = 3
    FIXED_ASSET = 4
    COMMON_USE = 5
    NO_CREDIT = 6
    NOT_INCLUDED = 7


class TipoDespacho(IntEnum):
    """Who has the goods carried where to (PROTOCOL 5.5)."""

    BY_RECEIVER = 1
    TO_RECEIVER = 2
    ELSEWHERE = 3


class TpoMov(StrEnum):
    """Global discount or surcharge (PROTOCOL 5.3)."""

    DISCOUNT = "D"
    SURCHARGE = "R"


class Environment(StrEnum):
    """The SII's two worlds (PROTOCOL 0.2): nothing passes from one to the other."""

    CERTIFICATION = "certification"
    PRODUCTION = "production"


ANONYMOUS_RUT = "66666666-6"
"""Receiver of a boleta whose buyer gives no RUT (PROTOCOL 4.4)."""

FOREIGN_RUT = "55555555-5"
"""Receiver abroad, of documents of exports (PROTOCOL 0.3)."""

SII_RUT = "60803000-K"
"""RUT of the SII, receiver of every envelope sent to it (PROTOCOL 0.3)."""

OTHER_CURRENCY = "OTRAS MONEDAS"
CURRENCIES = frozenset(
    """BOLIVAR,BOLIVIANO,CHELIN,CORONA DIN,CORONA NOR,CORONA SC,CRUZEIRO REAL,DIRHAM,DOLAR AUST,
    DOLAR CAN,DOLAR HK,DOLAR NZ,DOLAR SIN,DOLAR TAI,DOLAR USA,DRACMA,ESCUDO,EURO,FLORIN,FRANCO BEL,
    FRANCO FR,FRANCO SZ,GUARANI,LIBRA EST,LIRA,MARCO AL,MARCO FIN,NUEVO SOL,OTRAS MONEDAS,PESETA,
    PESO,PESO CL,PESO COL,PESO MEX,PESO URUG,RAND,RENMINBI,RUPIA,SUCRE,YEN""".replace(
        "\n    ", ""
    ).split(",")
)
"""The SII's names of currencies (PROTOCOL 5.8); what is none of them is OTHER_CURRENCY."""
