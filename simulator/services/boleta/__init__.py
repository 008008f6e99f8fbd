"""The service for boletas: REST, a token of its own, verdicts folio by folio."""
