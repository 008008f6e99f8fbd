"""The consumption of folios of a day."""

from . import consumo_folios
