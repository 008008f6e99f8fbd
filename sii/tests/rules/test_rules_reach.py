"""Whatever the schemas refuse in a value, a rule of ours refuses before, naming the field."""

import keys
import pytest
import reach

from sii.dte.caf import Caf
from sii.xml.schema import SchemaSet


@pytest.mark.parametrize("name", reach.EXAMPLES)
def test_what_the_schema_refuses_has_a_rule(name, authority_key, authorities, caf_key, signer):
    example = reach.EXAMPLES[name]()
    caf = Caf.read(keys.caf_file(authority_key, caf_key, kind=example.kind), authorities)
    tried, found = reach.silent(example, caf, signer, SchemaSet.bundled())
    assert tried > 500
    assert found == []
