"""HTTP: the SII's paths, the JSON API and the admin page."""
