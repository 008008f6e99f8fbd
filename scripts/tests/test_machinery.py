"""The steps of the setup say what to do; two demos do not meet."""

import socket
import sys

import pytest
from house import addon_folders, paths, progress, servers, single
from house.progress import StepError


@pytest.fixture(autouse=True)
def house(tmp_path, monkeypatch):
    """A checkout of its own for each test."""
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(paths, "HOUSE", tmp_path / ".odoo")
    monkeypatch.setattr(paths, "LOGS", tmp_path / ".odoo" / "log")
    monkeypatch.setattr(addon_folders, "LINKS", tmp_path / ".odoo" / "addons")
    paths.HOUSE.mkdir()
    return tmp_path


def test_a_failed_step_shows_its_output_and_the_advice():
    program = "import sys; print('no route to mirror'); sys.exit(3)"
    with pytest.raises(StepError) as failed:
        progress.run_step("Download", [sys.executable, "-c", program], "Check the network.")
    assert failed.value.output == "no route to mirror"
    assert failed.value.advice.startswith("Check the network.")


def test_a_missing_tool_is_a_failed_step():
    with pytest.raises(StepError, match="Download"):
        progress.run_step("Download", ["no-such-tool"], "Install it.")


def test_a_busy_port_is_not_taken():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        busy = other.getsockname()[1]
        assert servers.free_port(busy) != busy


def test_only_one_demo_at_a_time():
    refused = pytest.raises(StepError, match="Another run")
    with single.instance("run"), refused, single.instance("run"):
        pass
    with single.instance("run"):
        pass


def test_links_follow_the_addons(house):
    sibling = house / "addons" / "l10n_cl_sii_stock"
    sibling.mkdir(parents=True)
    (sibling / "__manifest__.py").write_text("{}")
    addon_folders.link()
    assert [link.name for link in addon_folders.linked()] == ["l10n_cl_sii", "l10n_cl_sii_stock"]
    assert all(link.resolve().is_dir() for link in addon_folders.linked())
    (sibling / "__manifest__.py").unlink()
    addon_folders.link()
    assert [link.name for link in addon_folders.LINKS.iterdir()] == ["l10n_cl_sii"]


def test_a_server_that_ended_by_itself_is_noticed():
    port = servers.free_port(0)
    command = [sys.executable, "-m", "http.server", port, "--bind", "127.0.0.1"]
    with servers._server("web", command, f"http://127.0.0.1:{port}", "/"):
        servers.check_running()
        [process] = servers._running.values()
        process.kill()
        process.wait()
        with pytest.raises(StepError, match="web has ended by itself"):
            servers.check_running()
