"""How the page writes days, hours and pesos: short, as people in Chile do."""

from datetime import UTC, timedelta

from odoo.tools.misc import format_date

from ...sii import clock, kinds
from ..base.texts.values import dotted

_MILLION = 1_000_000


def local(moment):
    """A moment of the database, as clocks in Chile show it."""
    return moment.replace(tzinfo=UTC).astimezone(clock.CHILE)


def hour(env, moment, day):
    """``10:46``; ``yesterday 06:10``; ``28-11`` when it is longer ago. day: today's date."""
    at = local(moment)
    if at.date() == day:
        return f"{at:%H:%M}"
    if at.date() == day - timedelta(days=1):
        return env._("yesterday %s", f"{at:%H:%M}")
    return f"{at:%d-%m}"


def until(env, moment, day):
    """``today 16:40``, ``01-12 16:40``."""
    at = local(moment)
    time = f"{at:%H:%M}"
    return env._("today %s", time) if at.date() == day else f"{at:%d-%m} {time}"


def span(env, seconds):
    """Time that is left: hours on the last day, then days."""
    hours = int(seconds // 3600)
    if hours < 24:
        return env._("1 hour") if hours == 1 else env._("%s hours", hours)
    days = hours // 24
    return env._("1 day") if days == 1 else env._("%s days", days)


def pesos(amount):
    """``$ 4.218.550``, ``− $ 59.500``."""
    sign = "− " if amount < 0 else ""
    return f"{sign}$ {dotted(abs(round(amount)))}"


def rut_written(text):
    """``12.845.339-3``; what is no RUT stays as it is."""
    number, dash, digit = (text or "").partition("-")
    return f"{dotted(int(number))}-{digit}" if dash and number.isdecimal() else text or ""


def money(env, amount):
    """Pesos; from a million on in millions with one decimal."""
    if abs(amount) < _MILLION:
        return pesos(amount)
    point = env["res.lang"]._get_data(code=env.lang or "en_US").decimal_point or "."
    number = f"{amount / _MILLION:.1f}".removesuffix(".0").replace(".", point)
    return env._("$ %s million", number)


def month(env, day):
    """Its name, as it stands within a sentence."""
    return format_date(env, day, date_format="LLLL")


def weekday(env, day):
    """``lunes 30-11-2026``."""
    return f"{format_date(env, day, date_format='EEEE')} {format_date(env, day)}"


def type_name(code):
    """``Factura 33``, ``Nota de crédito 61``: what a type is called in daily life."""
    name = kinds.of(code).name.replace(" Electrónica", "").replace(" no Afecta o", "")
    return f"{name.capitalize()} {code}"
