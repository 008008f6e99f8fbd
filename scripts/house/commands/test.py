"""``test [machinery|library|simulator|addons|crash|lint|conformance] [pytest's arguments]``.

Without a part: all of them but conformance, also when one fails.
"""

from .. import lint, tests
from ..progress import StepError, explain, say

PARTS = {
    "machinery": tests.machinery,
    "library": tests.library,
    "simulator": tests.simulator,
    "addons": tests.addons,
    "crash": tests.crash,
    "lint": lambda _arguments: lint.run(),
    "conformance": tests.conformance,
}
ALL = tuple(name for name in PARTS if name != "conformance")


def main(arguments: list[str]) -> int:
    if arguments:
        name, *rest = arguments
        if name not in PARTS:
            say(__doc__)
            return 2
        return PARTS[name](rest)
    results = {name: _run(name) for name in ALL}
    for name, result in results.items():
        say(f"{name:10} {'failed' if result else 'passed'}")
    return max(results.values())


def _run(name: str) -> int:
    try:
        return PARTS[name]([])
    except StepError as error:
        explain(error)
        return 1
