"""Sentences about Python packages of the server that are missing or do not fit."""

from ....sii import libraries, sentences


def library_text(env, package, reason):
    """Which package does not fit, and what to do."""
    data = {"package": package, "reason": reason}
    return sentences.sentence("library", "library_unfit", env.lang, data)


def library_texts(env):
    """A sentence for each package without which nothing can be issued."""
    found = libraries.unfit()
    return [library_text(env, name, found[name]) for name in found]
