"""The demo company's products, at net prices in pesos."""

PRODUCTS = (
    ("NB-14", "Notebook 14 pulgadas", 489990, True),
    ("TEC-ES", "Teclado en español", 18990, True),
    ("SOP-HR", "Soporte técnico, hora", 35000, True),
    ("CAP-01", "Curso de capacitación", 120000, False),
)


def create(env) -> None:
    """Create the products; the last one is exempt of VAT."""
    for code, name, price, taxed in PRODUCTS:
        values = {"default_code": code, "name": name, "list_price": price, "type": "service"}
        product = env["product.product"].create(values)
        if not taxed:
            product.taxes_id = False
