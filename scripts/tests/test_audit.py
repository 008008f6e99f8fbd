"""The audit finds what concerns a pinned version, and lets nothing pass without a reason."""

import json
from datetime import date

from house import audit


def written(tmp_path, accepted=(), of="2026-11-30"):
    file = tmp_path / "advisories.json"
    advisory = {"id": "CVE-1", "package": "Foo_Bar", "affected": ["<2.0"], "summary": "bad"}
    file.write_text(json.dumps({"of": of, "advisories": [advisory], "accepted": list(accepted)}))
    return file


def pins(tmp_path, text):
    file = tmp_path / "pins.txt"
    file.write_text(text)
    return [file]


ACCEPTED = {"id": "CVE-1", "on": "2026-11-30", "why": "never used"}


def test_unexplained(tmp_path, capsys):
    assert audit.run(written(tmp_path), pins(tmp_path, "foo-bar==1.9\n")) == 1
    assert "NOT EXPLAINED" in capsys.readouterr().out


def test_accepted_with_its_reason(tmp_path, capsys):
    assert audit.run(written(tmp_path, [ACCEPTED]), pins(tmp_path, "foo-bar==1.9\n")) == 0
    assert "never used" in capsys.readouterr().out


def test_raised(tmp_path):
    assert audit.run(written(tmp_path), pins(tmp_path, "foo-bar==2.0\n")) == 0


def test_each_pythons_own_pin_counts(tmp_path):
    pinned = 'foo-bar==2.0; python_version >= "3.12"\nfoo-bar==1.9; python_version < "3.12"\n'
    assert audit.run(written(tmp_path), pins(tmp_path, pinned)) == 1


def test_an_acceptance_of_nothing_is_reported(tmp_path, capsys):
    assert audit.run(written(tmp_path, [ACCEPTED]), pins(tmp_path, "foo-bar==2.0\n")) == 1
    assert "take it out" in capsys.readouterr().out


def test_an_old_list_is_reported(tmp_path, capsys):
    requirements = pins(tmp_path, "foo-bar==2.0\n")
    assert audit.run(written(tmp_path), requirements, today=date(2027, 6, 1)) == 0
    assert "refresh it" in capsys.readouterr().out


def test_our_own_pins_have_nothing_unexplained():
    assert audit.run() == 0
