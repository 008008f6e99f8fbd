"""Two thousand documents of every mixture, without an objection.

RANDOM_SEED names the first seed, RANDOM_DOCUMENTS another count.
"""

import os

from ..amounts.random_documents import RandomDocuments

SEED = int(os.environ.get("RANDOM_SEED", "1"))
COUNT = int(os.environ.get("RANDOM_DOCUMENTS", "2000"))
_PARTS, _SEEDS = 4, 5


class TestAmountsMany(RandomDocuments):
    """In parts, so that they share the workers."""

    def assert_part(self, number):
        for seed in range(SEED + number * _SEEDS, SEED + (number + 1) * _SEEDS):
            documents = self.documents(seed, count=COUNT // _PARTS // _SEEDS)
            self.assert_without_objection(documents)

    def test_first_part(self):
        self.assert_part(0)

    def test_second_part(self):
        self.assert_part(1)

    def test_third_part(self):
        self.assert_part(2)

    def test_fourth_part(self):
        self.assert_part(3)
