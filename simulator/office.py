"""The simulated SII without its doors: registers, keys and clock, put together."""

from pathlib import Path

from .keys.caf_authority import IDK, CafAuthority
from .keys.persons import PersonAuthority
from .state.claims import Claims
from .state.clock import Clock
from .state.companies import Companies
from .state.envelopes import Envelopes
from .state.exchanges import Exchanges
from .state.folios import Folios
from .state.ledger import Ledger
from .state.register import Register
from .state.script import Script
from .state.sessions import Sessions
from .state.settings import Settings
from .state.store import Store
from .verify.schema import Schemas
from .verify.xmltext import types_and_folios

ENVIRONMENTS = ("certification", "production")


class Office:
    """One SII, in one environment.

    :param data: folder that keeps everything between runs; None forgets it.
    :param schemas: folder with newer official schemas, which take precedence.
    """

    def __init__(self, data: Path | None, schemas: Path | None, environment: str):
        if environment not in ENVIRONMENTS:
            raise ValueError(f"environment is one of {ENVIRONMENTS}")
        self.environment = environment
        self.store = Store(data)
        self.clock = Clock(self.store)
        self.settings = Settings(self.store)
        self.schemas = Schemas(schemas)
        self.companies = Companies(self.store)
        self.folios = Folios(self.store)
        self.sessions = Sessions(self.store, self.clock, self.settings)
        self.boleta_sessions = Sessions(self.store, self.clock, self.settings, "boleta_")
        self.envelopes = Envelopes(self.store, self.clock, self.settings)
        self.ledger = Ledger(self.store)
        self.claims = Claims(self.store, self.clock)
        self.register = Register(self.store)
        self.script = Script(self.store)
        self.exchanges = Exchanges(self.store, self.clock)
        self.persons = PersonAuthority(self.store)
        self.caf_authority = CafAuthority(self.store)
        self.caf_keys = {IDK: self.caf_authority.public_key}

    def envelope_documents(self, company: str, track_id: int | None) -> list[tuple[int, int]]:
        """(type, folio) of what a company's envelope holds; [] when it is not its own."""
        envelope = None if track_id is None else self.envelopes.get(track_id)
        if not envelope or envelope["company"] != company:
            return []
        return types_and_folios(envelope["content"])

    def reset(self) -> None:
        """Forget all that happened; the authorities' keys stay, so certificates and CAFs do."""
        self.store.clear()
        self.settings.reset()
        self.store.forget("clock_offset")
