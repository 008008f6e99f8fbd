"""The limiter: counted by what is tried and by address, in a table that does not grow."""

from odoo.tests import TransactionCase, tagged

_ENDED = ((2, 1), (1, 1), (0, 0))


@tagged("post_install_l10n", "post_install", "-at_install")
class TestLimiter(TransactionCase):
    def setUp(self):
        super().setUp()
        self.limiter = self.env["l10n_cl.limiter"]

    def failures(self, *subjects, times=1):
        with self.enter_registry_test_mode():
            return [self.limiter._failed(*subjects) for _time in range(times)]

    def test_patience_ends(self):
        waits = self.failures("key a", times=50)
        self.assertEqual(waits[:20], [0] * 20)
        # a minute may have ended in between, once
        self.assertTrue(any(waits))
        self.assertTrue(all(0 <= wait <= 60 for wait in waits))

    def test_what_can_be_guessed_is_looked_up_before(self):
        """The count of each, while its window lasts."""
        hour = {"window": 3600, "with_address": False}
        with self.enter_registry_test_mode():
            for subjects in (["folio 7"], ["folio 7", "folio 8"]):
                self.limiter._failed(*subjects, **hour)
        found, left = self.limiter._failures("folio 7", "folio 8", "folio 9", window=3600)
        # an hour may have ended in between, once
        self.assertIn(found, ({"folio 7": n, "folio 8": m, "folio 9": 0} for n, m in _ENDED))
        self.assertTrue(0 < left <= 3600)

    def test_each_has_its_own(self):
        self.failures("key a", times=50)
        self.assertEqual(self.failures("key b"), [0])

    def test_one_of_several_is_enough(self):
        self.failures("key a", times=50)
        both = self.failures("key c", "key a", times=25)
        self.assertTrue(any(both))

    def test_hours_and_minutes_do_not_end_each_other(self):
        """Whatever is wrong by the minute, in whichever row, ends no count of an hour."""
        hour = {"window": 3600, "patience": 5, "with_address": False}
        with self.enter_registry_test_mode():
            for _time in range(5):
                self.limiter._failed("folio 7", **hour)
        before = {each.place: each.failures for each in self.limiter.sudo().search([])}
        for number in range(50):
            self.failures(f"key {number}")
        after = {each.place: each.failures for each in self.limiter.sudo().search([])}
        self.assertLessEqual(before.items(), after.items())
        minutes, hours = {p for p in after if p < 1 << 14}, {p for p in after if p >= 1 << 14}
        self.assertTrue(minutes and hours)

    def test_the_table_is_bounded(self):
        before = self.limiter.sudo().search_count([])
        for number in range(300):
            self.failures(f"key {number}" + "x" * 10_000)
        after = self.limiter.sudo().search([])
        self.assertLessEqual(len(after) - before, 300)
        self.assertTrue(all(0 <= place < 2 << 14 for place in after.mapped("place")))
