"""For Odoo's shell (``scripts/surface``): prints the surface of our addons, a sorted line each."""

import json

OURS = env["ir.module.module"].search([("name", "=like", "l10n_cl_sii%")]).mapped("name")  # noqa: F821


def external_ids():
    rows = env["ir.model.data"].search([("module", "in", OURS)])  # noqa: F821
    yield from (f"id {row.module}.{row.name} {row.model}" for row in rows)


def fields():
    for name, model in env.registry.items():  # noqa: F821
        for field in model._fields.values():
            if set(OURS) & set(field._modules):
                relation = field.comodel_name or "-"
                yield f"field {name}.{field.name} {field.type} {relation} {bool(field.store)}"


def routes():
    for rule in env["ir.http"].routing_map().iter_rules():  # noqa: F821
        function = rule.endpoint.func
        if any(f".{name}." in f"{function.__module__}." for name in OURS):
            methods = ",".join(sorted(rule.methods or ["ANY"]))
            yield f"route {rule.rule} {methods} {rule.endpoint.routing.get('auth')}"


def openapi():
    if "fastapi.endpoint" not in env:  # noqa: F821
        return
    for endpoint in env["fastapi.endpoint"].search([]):  # noqa: F821
        document = endpoint._get_app().openapi()
        for line in json.dumps(document, indent=0, sort_keys=True, ensure_ascii=False).split("\n"):
            yield f"openapi {endpoint.root_path} {line}"


print("\n".join([*sorted({*external_ids(), *fields(), *routes()}), *openapi()]))
