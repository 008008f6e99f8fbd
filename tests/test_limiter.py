"""The limiter: counted by what is tried and by address, in a table that does not grow."""

from odoo.tests import TransactionCase, tagged


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

    def test_what_can_be_guessed_waits_before_it_is_looked_at(self):
        def waits():
            return self.limiter._waits("folio 7", 3600, 5)

        self.assertEqual(waits(), 0)
        for number in range(1, 8):
            with self.enter_registry_test_mode():
                self.limiter._failed("folio 7", window=3600, patience=5, with_address=False)
            self.assertEqual(bool(waits()), number >= 5)
        self.assertTrue(0 < waits() <= 3600)
        self.assertEqual(self.limiter._waits("folio 8", 3600, 5), 0)

    def test_each_has_its_own(self):
        self.failures("key a", times=50)
        self.assertEqual(self.failures("key b"), [0])

    def test_one_of_several_is_enough(self):
        self.failures("key a", times=50)
        both = self.failures("key c", "key a", times=25)
        self.assertTrue(any(both))

    def test_the_table_is_bounded(self):
        before = self.limiter.sudo().search_count([])
        for number in range(300):
            self.failures(f"key {number}" + "x" * 10_000)
        after = self.limiter.sudo().search([])
        self.assertLessEqual(len(after) - before, 300)
        self.assertTrue(all(0 <= place < 1 << 14 for place in after.mapped("place")))
