"""Whatever is invoiced: the XML states what the ledger has, and no rule of the SII is broken."""

from ..optional import hypothesis
from ..optional import strategies as st
from .amounts_case import AmountsCase

_PRICES = st.one_of(st.integers(1, 2_000_000), st.decimals("0.5", "99999", places=2).map(float))
_QUANTITIES = st.one_of(st.integers(1, 500), st.decimals("0.05", "500", places=2).map(float))
_LINES = st.tuples(
    st.fixed_dictionaries(
        {
            "price_unit": _PRICES,
            "quantity": _QUANTITIES,
            "discount": st.sampled_from([0, 0, 5, 12.5, 33.33, 99, -10]),
        }
    ),
    st.sampled_from(["vat", "vat", "exempt", "spirits", "sugar"]),
)
_FEW = hypothesis.settings(
    max_examples=10,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(hypothesis.HealthCheck),
)


class TestAmountsRandom(AmountsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.taxes = {
            "vat": cls.vat,
            "exempt": cls.vat.browse(),
            "spirits": cls.vat + cls.tax(24, 31.5),
            "sugar": cls.vat + cls.tax(271, 18),
        }
        cls.included = cls.vat.copy(
            {"name": "IVA incluido", "price_include_override": "tax_included"}
        )

    def assert_emitted(self, lines):
        """Posting signs only what breaks no rule and fits the SII's schema."""
        move = self.post(lines=lines)
        self.assertEqual(move.l10n_cl_dte_state, "signed")
        self.assert_same_everywhere(move)

    @_FEW
    @hypothesis.given(st.lists(_LINES, max_size=7))
    def test_net_lines(self, lines):
        self.assert_emitted(
            [
                {"price_unit": 1000},
                *({**line, "tax_ids": self.taxes[taxes].ids} for line, taxes in lines),
            ]
        )

    @_FEW
    @hypothesis.given(st.lists(_LINES, max_size=5), st.integers(1, 999))
    def test_a_discount_on_all(self, lines, discount):
        self.assert_emitted(
            [
                {"price_unit": 1000},
                *(line for line, _taxes in lines),
                {"name": "Descuento", "price_unit": -discount},
            ]
        )

    @_FEW
    @hypothesis.given(st.lists(_LINES, max_size=7), st.booleans())
    def test_prices_with_vat(self, lines, gross):
        self.company_data["default_journal_sale"].l10n_cl_gross = gross
        included = {"tax_ids": self.included.ids}
        self.assert_emitted(
            [{"price_unit": 1190, **included}, *({**line, **included} for line, _taxes in lines)]
        )
