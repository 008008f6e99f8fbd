"""No regular expression takes longer than its text is long, whatever it holds."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import patterns
import pytest

SHORT, LONG = 4_000, 16_000
QUICK = 0.0005
"""Seconds for SHORT characters; work that grows with their square takes five times as long."""

PATIENCE = 2.0
FOUND = list(patterns.found())


def _seconds(pattern, use: str, text: str | bytes) -> float:
    """The least of five, as other processes run too."""
    return min(_once(pattern, use, text) for _each in range(5))


def _once(pattern, use: str, text: str | bytes) -> float:
    started = time.process_time()
    if use in ("sub", "subn"):
        getattr(pattern, use)(lambda _match: text[:0], text)
    elif use == "finditer":
        for _match in pattern.finditer(text):
            pass
    else:
        getattr(pattern, use)(text)
    return time.process_time() - started


@contextmanager
def _patience() -> Iterator[None]:
    """Python's engine looks for signals while it works."""

    def give_up(_signal: int, _frame: object) -> None:
        raise TimeoutError

    former = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, former)


def grows_too_fast(pattern, use: str) -> str:
    """The text that takes more than its share, or nothing."""
    for short, long in zip(
        patterns.nasty(pattern, SHORT), patterns.nasty(pattern, LONG), strict=True
    ):
        try:
            with _patience():
                if _once(pattern, use, short) < QUICK:
                    continue
                least = _seconds(pattern, use, short)
                if least >= QUICK and _seconds(pattern, use, long) > 8 * least + 0.002:
                    return repr(short[:100])
        except TimeoutError:
            return repr(short[:100])
    return ""


@pytest.mark.parametrize("found", FOUND, ids=lambda each: each.place)
def test_each_pattern_of_ours_takes_time_by_length(found):
    for use in sorted(found.uses):
        assert not grows_too_fast(found.pattern, use), (found.place, use, found.pattern.pattern)


@pytest.mark.parametrize(
    ("text", "use"),
    [
        (r"\A(?:\s|<\?.*?\?>|<!--.*?-->)*(?P<open><[\w.:-]+)", "match"),
        (r"SET\s+(.+?)\s*-\s*N[UÚ]MERO", "search"),
        (r"<TED\b.*?</TED\s*>", "search"),
        (r"(a+)+b", "match"),
        (r"\s+$", "search"),
    ],
)
def test_slow_patterns_are_found(text, use):
    """Patterns of earlier versions, and of textbooks."""
    assert grows_too_fast(patterns.re.compile(text, patterns.re.DOTALL), use)


def test_none_is_overlooked():
    assert len(FOUND) > 60
    assert {each.place.split("/")[0] for each in FOUND} >= {"sii", "models", "addons", "wizards"}
