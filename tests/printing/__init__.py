"""PDF, ticket, stamp."""
