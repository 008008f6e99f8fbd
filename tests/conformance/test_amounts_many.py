"""Two thousand documents of every mixture, without an objection (RANDOM_SEED names the first)."""

import os

from ..random_documents import RandomDocuments

SEED = int(os.environ.get("RANDOM_SEED", "1"))


class TestAmountsMany(RandomDocuments):
    def test_two_thousand(self):
        for seed in range(SEED, SEED + 20):
            self.assert_without_objection(self.documents(seed, count=100))
