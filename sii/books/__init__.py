"""Books of sales and purchases, and the consumption of folios."""
