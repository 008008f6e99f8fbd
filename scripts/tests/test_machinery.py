"""The steps of the setup show what to do; two demos do not meet."""

import socket
import subprocess
import sys

import pytest
from house import addon_folders, databases, paths, postgres, progress, servers, single, tests
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


def serve(port):
    return [sys.executable, "-m", "http.server", port, "--bind", "127.0.0.1"]


def test_a_server_that_ended_by_itself_is_noticed():
    with servers._server("web", serve, 0, "/"):
        servers.check_running()
        [process] = servers._running.values()
        process.kill()
        process.wait()
        with pytest.raises(StepError, match="web has ended by itself"):
            servers.check_running()


def test_anothers_answer_is_not_our_childs(tmp_path):
    """Between our look and our child's, another program takes the port and answers like ours."""
    others = []

    def late(port):
        if not others:
            others.append(subprocess.Popen([str(part) for part in serve(port)], cwd=tmp_path))
            while not servers._is_taken(port):
                assert others[0].poll() is None
        return serve(port)

    try:
        with servers._server("web", late, 0, "/") as url:
            [process] = servers._running.values()
            assert servers._listens(process, int(url.rpartition(":")[2]))
            assert not servers._listens(others[0], int(url.rpartition(":")[2]))
    finally:
        others[0].kill()
        others[0].wait()


def test_a_child_that_lives_without_listening_is_not_taken_for_the_other(tmp_path):
    """As Odoo does when it cannot bind: its other threads go on."""
    others = []

    def deaf(port):
        if others:
            return serve(port)
        others.append(subprocess.Popen([str(part) for part in serve(port)], cwd=tmp_path))
        while not servers._is_taken(port):
            assert others[0].poll() is None
        return [sys.executable, "-c", "import sys; sys.stdin.read(); import signal; signal.pause()"]

    try:
        with servers._server("web", deaf, 0, "/"):
            [process] = servers._running.values()
            assert process.args[1:3] == ["-m", "http.server"]
    finally:
        others[0].kill()
        others[0].wait()


def test_a_child_that_fails_is_reported(monkeypatch):
    def broken(port):
        return [sys.executable, "-c", "raise SystemExit('no such folder')"]

    with (
        pytest.raises(StepError, match="Start of web") as failed,
        servers._server("web", broken, 0, "/"),
    ):
        pass
    assert "no such folder" in failed.value.output


def test_a_copied_checkouts_links_are_made_anew(house):
    elsewhere = house / "elsewhere"
    elsewhere.mkdir()
    addon_folders.LINKS.mkdir(parents=True)
    (addon_folders.LINKS / "l10n_cl_sii").symlink_to(elsewhere)
    addon_folders.link()
    assert (addon_folders.LINKS / "l10n_cl_sii").readlink() == house
    assert [link.name for link in addon_folders.LINKS.iterdir()] == ["l10n_cl_sii"]


def test_the_address_of_another_checkouts_server_is_forgotten(house, monkeypatch):
    monkeypatch.setattr(paths, "PG_DATA", house / ".odoo" / "pg")
    paths.PG_DATA.mkdir()
    known = paths.PG_DATA / "postmaster.pid"
    for folder, kept in ((house / "other" / "pg", False), (paths.PG_DATA, True)):
        known.write_text(f"1\n{folder}\n")
        postgres._forget_other_server()
        assert known.exists() is kept


@pytest.mark.parametrize("name", ["my work", "a'b", "tab\there"])
def test_the_server_lies_where_its_command_line_reaches(name, tmp_path):
    found = paths.pg_data(tmp_path / name / ".odoo")
    assert not any(each.isspace() or each in "'\"" for each in str(found))
    assert found != paths.pg_data(tmp_path / f"{name}2" / ".odoo")
    assert paths.pg_data(tmp_path / "plain") == tmp_path / "plain" / "pg"


def test_each_checkout_has_its_names_on_a_shared_server(monkeypatch):
    monkeypatch.delenv("PGSERVICE", raising=False)
    monkeypatch.delenv("PGHOST", raising=False)
    assert databases.own_name("demo") == "demo"
    monkeypatch.setenv("PGHOST", "127.0.0.1")
    assert databases.own_name("demo") == f"demo_{paths.CHECKOUT}"
    assert paths.CHECKOUT in databases.test_name()
    assert paths.CHECKOUT in databases.TEMPLATE


def test_a_step_reads_its_program_and_shows_that_it_moves(capsys):
    lines = "import sys; print(sys.stdin.read().upper())"
    progress.run_step("Shout", [sys.executable, "-c", lines], "Speak.", program="hello " * 50_000)
    output = capsys.readouterr().out
    assert "==> Shout" in output
    assert "done in" in output


def test_paths_of_the_checkout_name_tests_of_the_linked_addons(house, monkeypatch):
    monkeypatch.chdir(house)
    for path in ("tests/test_a.py", "addons/l10n_cl_sii_api/tests/test_b.py"):
        (house / path).parent.mkdir(parents=True)
        (house / path).touch()
    assert tests._as_linked("tests/test_a.py::TestA::test_x") == (
        "l10n_cl_sii/tests/test_a.py::TestA::test_x"
    )
    assert tests._as_linked("tests") == "l10n_cl_sii/tests"
    sibling = "addons/l10n_cl_sii_api/tests/test_b.py"
    assert tests._as_linked(sibling) == "l10n_cl_sii_api/tests/test_b.py"
    assert tests._as_linked("-k") == "-k"
    assert tests._as_linked("posting and not slow") == "posting and not slow"
