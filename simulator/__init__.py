"""A strict SII on this machine, for tests and demonstrations (see README.md).

It shares no code with the client library, so that who signs and who verifies cannot be wrong
together.
"""

from .simulator import Simulator

__all__ = ["Simulator"]
