"""Whatever mixture is invoiced: the strict SII has no objection, and all state the same pesos."""

from .random_documents import RandomDocuments


class TestAmountsVerdict(RandomDocuments):
    def test_a_few_dozen(self):
        self.assert_without_objection(self.documents(seed=2026, count=40))
