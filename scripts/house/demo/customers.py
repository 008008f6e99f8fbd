"""The demo company's customers."""

CUSTOMERS = (
    ("77888456-9", "Constructora Ñuble Ltda.", "Construcción de edificios", "16101", "Arauco 540"),
    ("76555321-0", "Café Valparaíso SpA", "Cafetería y pastelería", "05101", "Esmeralda 912"),
    ("96777888-5", "Transportes del Sur S.A.", "Transporte de carga", "08101", "Maipú 1230"),
)


def create(env) -> None:
    """Create each customer with what an invoice needs: RUT, giro, address with commune."""
    common = {
        "company_type": "company",
        "lang": "es_CL",
        "country_id": env.ref("base.cl").id,
        "l10n_latam_identification_type_id": env.ref("l10n_cl.it_RUT").id,
        "l10n_cl_sii_taxpayer_type": "1",
    }
    for rut, name, giro, commune, street in CUSTOMERS:
        own = {
            "name": name,
            "vat": rut,
            "l10n_cl_activity_description": giro,
            "city_id": env.ref(f"l10n_cl_sii.city_cl_{commune}").id,
            "street": street,
        }
        env["res.partner"].create({**common, **own})
