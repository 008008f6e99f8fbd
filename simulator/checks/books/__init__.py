"""Books of sales and purchases, and the summary of folios."""
