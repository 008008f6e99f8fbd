"""The rooms of the code: who knows whom, drawn; and the surface that others lean on."""
