"""Runs one step: shows that it moves, keeps its output, shows what to do if it fails."""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from . import paths

HEARTBEAT_SECONDS = 10
TAIL_LINES = 12
TAIL_WIDTH = 300


class StepError(Exception):
    """A step failed. ``advice``: what the user can do about it."""

    def __init__(self, title: str, advice: str, output: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.advice = advice
        self.output = output


def show(text: str) -> None:
    print(text, flush=True)


def explain(error: StepError) -> None:
    show(f"\nFailed: {error.title}")
    if error.output:
        show(error.output)
    show(f"What to do: {error.advice}")


def run_step(
    title: str,
    command: Sequence[str | Path],
    advice: str,
    *,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    program: str = "",
) -> None:
    """Run ``command``, showing its last line while it works. program: what it reads.

    The whole output is kept in ``.odoo/log``.

    :raises StepError: the command is missing or ends with an error.
    """
    paths.LOGS.mkdir(parents=True, exist_ok=True)
    log = paths.LOGS / f"{title.lower().replace(' ', '-')}.log"
    started = time.monotonic()
    show(f"==> {title}")
    with log.open("w", encoding="utf-8") as kept, _to_read(program) as read:
        try:
            process = subprocess.Popen(
                [str(part) for part in command],
                cwd=cwd,
                env=env or os.environ,
                stdin=read,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
            )
        except OSError as error:
            raise StepError(title, advice, str(error)) from error
        with process:
            _follow(process, kept)
    if process.returncode:
        lines = log.read_text(encoding="utf-8").splitlines()[-TAIL_LINES:]
        tail = "\n".join(line[:TAIL_WIDTH] for line in lines)
        raise StepError(title, f"{advice}\nThe whole output: {log}", tail)
    show(f"    done in {time.monotonic() - started:.0f} s")


@contextlib.contextmanager
def _to_read(program: str) -> Iterator[IO[str]]:
    """A file with the program, at its beginning; a pipe could be full before anybody reads."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        file.write(program)
        file.seek(0)
        yield file


def _follow(process: subprocess.Popen, kept) -> None:
    terminal = sys.stdout.isatty()
    width = os.get_terminal_size().columns - 6 if terminal else 100
    shown = time.monotonic()
    for line in process.stdout:
        kept.write(line)
        text = line.strip()[:width]
        if not text:
            continue
        if terminal:
            print(f"\r\033[K    {text}", end="", flush=True)
        elif time.monotonic() - shown >= HEARTBEAT_SECONDS:
            shown = time.monotonic()
            show(f"    {text}")
    if terminal:
        print("\r\033[K", end="", flush=True)
