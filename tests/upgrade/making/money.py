"""Orders, statements and emission requests in every state; subscriptions; a checkout's buyers."""

from datetime import date, timedelta

DATA = {
    "rut": "76.123.456-0",
    "business_name": "Acme SpA",
    "activity": "Servicios informáticos",
    "address": "Av. Apoquindo 1234, Oficina 802",
    "region": "Metropolitana de Santiago",
    "email": "pagos@acme.example",
}


def load(world) -> None:
    env = world.env
    statements = [_statement(world, days) for days in (0, 0, 0, 0, 30, 60, 90, 120)]
    bank = env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", world.company.id)], limit=1
    )
    paid, refunded, parked, cancelled, *_waiting, expired = statements
    paid._register_payment(bank)
    refunded._register_payment(bank)
    env.cr.commit()
    world.run("cron_requests")
    world.run("cron_send", "cron_poll")
    refunded.payment_ids.action_draft()
    parked.partner_id.street = False
    parked._register_payment(bank)
    env.cr.commit()
    world.run("cron_requests")
    cancelled.request_id.action_cancel()
    expired.write({"state": "expired"})
    statements[4]._register_payment(bank)  # its request stays ready: nobody runs it
    statements[5].write({"state": "processing_payment"})
    env.cr.commit()


def _statement(world, days):
    env = world.env
    due = date.today() + timedelta(days=days)
    line = {"product_id": world.cable.id, "product_uom_qty": 1, "price_unit": 10000 + days}
    partner = world.customer if days else world.customer.copy({"vat": "76123456-0"})
    order = env["sale.order"].create(
        {
            "partner_id": partner.id,
            "company_id": world.company.id,
            "pricelist_id": _pesos(env).id,
            "l10n_cl_emit_document": True,
            "order_line": [(0, 0, line)],
        }
    )
    statement = env["l10n_cl.statement"].create(
        {"order_id": order.id, "amount": order.amount_total, "due_date": due}
    )
    order.action_confirm()
    return statement


def _pesos(env):
    """Odoo's own pricelist is of before the company was Chilean."""
    values = {"name": "Pesos", "currency_id": env.ref("base.CLP").id, "company_id": False}
    found = env["product.pricelist"].search([(k, "=", v) for k, v in values.items()], limit=1)
    return found or found.create(values)


def subscriptions(world) -> None:
    """One that runs, of a month."""
    env = world.env
    template = env["sale.subscription.template"].create(
        {"name": "Membresía", "l10n_cl_recurrence": "month", "l10n_cl_emit_document": True}
    )
    line = {"product_id": world.cable.id, "name": "Membresía", "price_unit": 10000}
    subscription = env["sale.subscription"].create(
        {
            "template_id": template.id,
            "partner_id": world.customer.id,
            "pricelist_id": _pesos(env).id,
            "date_start": date.today(),
            "sale_subscription_line_ids": [(0, 0, line)],
        }
    )
    subscription.action_start_subscription()
    env.cr.commit()


def buyers(world) -> None:
    """Tax contacts of a program's buyer: two sets of data, and one of them twice (finding C14)."""
    buyer = world.env["res.partner"].create({"name": "Ana Díaz", "email": "ana@example.com"})
    first = buyer._l10n_cl_tax_contact(DATA)
    buyer._l10n_cl_tax_contact({**DATA, "address": "Otra calle 5"})
    first.copy({"l10n_cl_uuid": False, "l10n_cl_is_tax_contact": True, "name": first.name})
    world.env.cr.commit()
