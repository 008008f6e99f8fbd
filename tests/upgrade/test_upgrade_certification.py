"""The certification left for an addon of its own: with its rows, or without any."""


def test_the_certification_is_in_its_own_addon(upgraded):
    """What is its own has its external ids, its tables, and is dropped with it."""
    [(state,)] = upgraded.rows(
        "SELECT state FROM ir_module_module WHERE name = 'l10n_cl_sii_certification'"
    )
    assert state == "installed"
    # what a model has from a mixin of ours, and Verisign's name, are not the certification's
    left = upgraded.rows(
        "SELECT name FROM ir_model_data"
        " WHERE module = 'l10n_cl_sii' AND name LIKE '%certification%'"
        " AND model NOT IN ('l10n_cl.authority', 'ir.model.inherit')"
    )
    assert left == [("selection__l10n_cl_issuer__environment__certification",)]
    for table in ("ir_model_constraint", "ir_model_relation"):
        owners = upgraded.rows(
            f"SELECT DISTINCT m.name FROM {table} r JOIN ir_module_module m ON m.id = r.module"
            " WHERE position('l10n_cl_certification' IN r.name) > 0"
        )
        assert owners == [("l10n_cl_sii_certification",)], table
    assert upgraded.before_columns
    assert upgraded.before_columns - upgraded.certification_columns() == set()


def test_the_certification_goes_on(upgraded, user, sii):
    """Its menu opens it, and the set that was only loaded is issued and accepted."""
    [(menu,)] = upgraded.rows(
        "SELECT res_id FROM ir_model_data WHERE name = 'menu_certification'"
        " AND module = 'l10n_cl_sii_certification'"
    )
    assert user.read("ir.ui.menu", menu, "action")["action"].startswith("ir.actions.server,")
    action = user.call("l10n_cl.certification", "action_open")
    (known,) = upgraded.before["l10n_cl_certification"]
    assert action["res_id"] == known[0]
    user.call("l10n_cl.certification", "get_views", [[False, "form"]])
    shown = user.read("l10n_cl.certification", action["res_id"], "set_ids", "step_ids")
    kinds = {
        user.read("l10n_cl.certification.set", each, "kind", "state")["kind"]: each
        for each in shown["set_ids"]
    }
    assert user.read("l10n_cl.certification.set", kinds["basic"], "state")["state"] == "accepted"
    exempt = kinds["exempt"]
    user.call("l10n_cl.certification.set", "action_issue", [exempt])
    for _round in range(3):
        for queue in ("send", "poll"):
            upgraded.run(user, f"cron_{queue}")
    assert user.read("l10n_cl.certification.set", exempt, "state")["state"] == "accepted"


def test_who_never_began_one_keeps_nothing_of_it(never_certified):
    """Its models go, nobody is warned, and the addon is there for who wants it."""
    assert never_certified.trouble() == []
    [(state,)] = never_certified.rows(
        "SELECT state FROM ir_module_module WHERE name = 'l10n_cl_sii_certification'"
    )
    assert state == "uninstalled"
    for table, column in (("ir_model", "model"), ("ir_rule", "name"), ("ir_ui_view", "model")):
        left = f"SELECT {column} FROM {table} WHERE {column}::text ILIKE '%l10n_cl.certification%'"
        assert never_certified.rows(left) == [], table
    never_certified.install("l10n_cl_sii_certification")
    assert never_certified.trouble() == []
    [(found,)] = never_certified.rows("SELECT count(*) FROM l10n_cl_certification")
    assert found == 0
