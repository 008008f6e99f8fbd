"""Programs with secrets, webhooks with deliveries, answers kept for repeated calls."""

import json


def load(world) -> None:
    env = world.env
    admin = env(user=env.ref("base.user_admin"))
    shop = admin["l10n_cl.api.client"].search([("company_id", "=", world.company.id)], limit=1)
    shop.action_issue_secret()
    webhook = admin["l10n_cl.webhook"].create(
        {"name": "Shop", "url": "https://shop.example/events", "company_id": world.company.id}
    )
    webhook.action_issue_secret()
    answer = {"data": {"id": webhook.uuid, "secret": webhook.sudo().secret}}
    env["l10n_cl.api.call"].sudo().create(
        {
            "client_id": shop.id,
            "key": "one-webhook",
            "fingerprint": "0" * 64,
            "status": 201,
            "answer": json.dumps(answer),
        }
    )
    env.cr.commit()
