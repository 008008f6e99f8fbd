"""What is measured, by the name that the table shows."""

from .bare_xmlsec import BareXmlsec
from .library import Library, LibraryWithoutSchemas
from .rsa_rate import RsaRate

LIBRARY = "library: rules, XML, stamp, signature, schemas, envelope"
WITHOUT_SCHEMAS = "the same without the schemas"
BARE = "bare python-xmlsec: no rules, no schemas"
LIMIT = "RSA alone: one signature of 512 bits, one of 2048"

EMITTERS = {LIBRARY: Library, WITHOUT_SCHEMAS: LibraryWithoutSchemas, BARE: BareXmlsec}
ENGINES = {**EMITTERS, LIMIT: RsaRate}
