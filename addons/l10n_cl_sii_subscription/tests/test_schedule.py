"""Days of payment over month ends, leap years and changes of the day."""

from datetime import date, timedelta

from odoo.tests import BaseCase, tagged

from ..models.schedule import MONTHS, Schedule, day_of


@tagged("post_install_l10n", "post_install", "-at_install")
class TestSchedule(BaseCase):
    def days(self, schedule, start, count):
        found = [schedule.first(start)]
        while len(found) < count:
            found.append(schedule.following(found[-1]))
        return found

    def test_month(self):
        days = self.days(Schedule("month", 5), date(2026, 11, 21), 3)
        self.assertEqual(days, [date(2026, 12, 5), date(2027, 1, 5), date(2027, 2, 5)])

    def test_the_first_day_counts(self):
        self.assertEqual(Schedule("month", 5).first(date(2026, 11, 5)), date(2026, 11, 5))
        self.assertEqual(Schedule("month", 5).first(date(2026, 11, 6)), date(2026, 12, 5))

    def test_28_at_month_ends(self):
        days = self.days(Schedule("month", 28), date(2027, 1, 31), 3)
        self.assertEqual(days, [date(2027, 2, 28), date(2027, 3, 28), date(2027, 4, 28)])
        days = self.days(Schedule("month", 28), date(2028, 1, 29), 2)
        self.assertEqual(days, [date(2028, 2, 28), date(2028, 3, 28)])

    def test_who_names_no_day_pays_on_the_first(self):
        """Whatever the recurrence; then on the 28th, never two of one period."""
        for day in (29, 30, 31):
            start = date(2027, 1, day)
            for recurrence, months in MONTHS.items():
                schedule = Schedule(recurrence, day_of(recurrence, start), 1, named=False)
                first, second = self.days(schedule, start, 2)
                self.assertEqual(first, start)
                apart = (second.year - 2027) * 12 + second.month - 1
                self.assertEqual((apart, second.day), (months, 28))
        schedule = Schedule("year", 28, 3, named=False)
        self.assertEqual(schedule.first(date(2027, 1, 31)), date(2027, 3, 28))
        self.assertEqual(
            Schedule("year", 28, 2, named=False).first(date(2028, 2, 29)), date(2028, 2, 29)
        )

    def test_leap_day(self):
        self.assertEqual(day_of("month", date(2028, 2, 29)), 28)
        self.assertEqual(Schedule("month", 28).first(date(2028, 2, 29)), date(2028, 3, 28))
        days = self.days(Schedule("year", 28, 2), date(2028, 2, 29), 2)
        self.assertEqual(days, [date(2029, 2, 28), date(2030, 2, 28)])

    def test_year(self):
        days = self.days(Schedule("year", 10, 3), date(2026, 11, 21), 2)
        self.assertEqual(days, [date(2027, 3, 10), date(2028, 3, 10)])
        self.assertEqual(Schedule("year", 10, 12).first(date(2026, 11, 21)), date(2026, 12, 10))

    def test_several_months(self):
        for recurrence, months in [("bimonth", 2), ("quarter", 3), ("semester", 6)]:
            first, second = self.days(Schedule(recurrence, 15), date(2026, 11, 1), 2)
            self.assertEqual(first, date(2026, 11, 15))
            apart = (second.year - first.year) * 12 + second.month - first.month
            self.assertEqual((apart, second.day), (months, 15))

    def test_week_from_sunday(self):
        sunday = date(2026, 11, 22)
        for dop in range(7):
            first, second = self.days(Schedule("week", dop), sunday, 2)
            self.assertEqual(first, sunday + timedelta(days=dop))
            self.assertEqual(second - first, timedelta(days=7))
            self.assertEqual(day_of("week", first), dop)

    def test_another_day_never_makes_two_of_one_period(self):
        for recurrence in MONTHS:
            for dop in (1, 28):
                due = Schedule(recurrence, dop, 7).following(date(2026, 7, 15))
                self.assertGreaterEqual((due - date(2026, 7, 15)).days, 17)
        for dop in range(7):
            due = Schedule("week", dop).following(date(2026, 11, 22))
            self.assertGreaterEqual((due - date(2026, 11, 22)).days, 7)
