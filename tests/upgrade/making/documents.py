"""Documents and envelopes in every state, by what the SII does. Called first to last."""


def settled(world) -> None:
    """What the SII has decided on."""
    run, script, post = world.run, world.script, world.post
    for quantity in (1, 2, 3):
        post(quantity=quantity)
    post(code=34, quantity=4)
    original = post(quantity=5)
    run("cron_send", "cron_poll")
    note = world.env["account.move.reversal"].with_context(
        active_model="account.move", active_ids=original.ids
    )
    note = note.create({"journal_id": original.journal_id.id, "reason": "Devolución"})
    credit = world.env["account.move"].browse(note.reverse_moves()["res_id"])
    credit.action_post()
    world.env.cr.commit()
    nobody = world.env["res.partner"].search([("vat", "=", "66666666-6")], limit=1)
    post(code=39, quantity=6, partner_id=nobody.id)
    run("cron_send", "cron_poll")

    script("document", "object:DTE-1-650")
    post(quantity=7)
    run("cron_send", "cron_poll")

    for quantity in (8, 9):
        script("document", "reject:HED-3-861")
        rejected = post(quantity=quantity)
        run("cron_send", "cron_poll")
    rejected.l10n_cl_dte_id.action_void()
    void = world.env["l10n_cl.folio.void"].search([], limit=1)
    never_sent = post(quantity=10)
    never_sent.l10n_cl_dte_id.action_void()
    void.action_declared()
    world.env.cr.commit()

    script("envelope_status", "estado:RCT")
    post(quantity=11)
    run("cron_send", "cron_poll")

    script("upload", "status:1")
    post(quantity=12)
    run("cron_send")


def under_way(world) -> None:
    """What waits for the SII, the last of it for its first moment: nothing may run afterwards."""
    run, script, post = world.run, world.script, world.post
    post(quantity=13)
    run("cron_send")  # sent, not asked about yet
    script("upload", "drop_after_processing")
    post(quantity=14)
    run("cron_send")  # unknown
    script("upload", "503")
    post(quantity=15)
    run("cron_send")  # ready, tried once
    post(quantity=16)  # pending
    post(quantity=17, code=34)
    world.draft(quantity=18)
    world.env.cr.commit()
