"""Packages that only these tests need: without one, the tests that use it are skipped by its name.

Odoo's own runner imports every test of an addon at once: a failing import would take them all.
"""

import importlib
import inspect
from unittest import SkipTest, skip


class _Missing:
    """Stands in for a package: whoever uses it is skipped."""

    def __init__(self, name):
        self._name = name

    def __getattr__(self, attribute):
        raise SkipTest(f"{self._name} is not installed")


class _MissingDecorators:
    """Stands in for hypothesis, whose strategies are made while a test's module is imported."""

    def __init__(self, name):
        self._name = name

    def __getattr__(self, attribute):
        return self

    def __iter__(self):
        return iter(())

    def __call__(self, *arguments, **options):
        if len(arguments) == 1 and not options and inspect.isfunction(arguments[0]):
            return skip(f"{self._name} is not installed")(arguments[0])
        return self


def optional(name, missing=_Missing):
    """The module, or what stands in for it."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return missing(name)


hypothesis = optional("hypothesis", _MissingDecorators)
strategies = optional("hypothesis.strategies", _MissingDecorators)
pypdfium2 = optional("pypdfium2")
zxingcpp = optional("zxingcpp")
