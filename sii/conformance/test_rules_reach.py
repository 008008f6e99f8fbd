"""What the official schemas of 2026 refuse in a value, a rule of ours refuses before."""

import keys
import pytest
import reach

from sii.dte.caf import Caf


@pytest.mark.parametrize("name", reach.EXAMPLES)
def test_what_the_schema_refuses_has_a_rule(name, authority_key, authorities, official, signer):
    example = reach.EXAMPLES[name]()
    key = keys.small_key(3)
    caf = Caf.read(keys.caf_file(authority_key, key, kind=example.kind), authorities)
    tried, found = reach.silent(example, caf, signer, official)
    assert tried > 500
    assert found == []
