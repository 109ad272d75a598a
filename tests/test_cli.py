"""The ``premod`` command as its users type it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from premod.cli import COMMANDS, main
from support.server import Server, descendants, wait_for


def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "premod", *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False)


def modules_after(*arguments: str) -> tuple[str, set[str]]:
    """Run a command and return what it printed and the modules it left loaded."""
    code = (
        f"import sys\nfrom premod.cli import main\nmain({list(arguments)}, standalone_mode=False)\nprint(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    shown, _, loaded = done.stdout.rstrip("\n").rpartition("\n")
    return shown, set(loaded.split())


def test_help_lists_every_command_without_loading_them():
    shown, loaded = modules_after("--help")
    assert all(f"  {name} " in shown for name in COMMANDS)
    assert not loaded & {"django", "pyarrow", "granian"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str):
    shown = CliRunner().invoke(main, [name, "--help"])
    assert shown.exit_code == 0
    assert "Usage:" in shown.output


def test_a_text_is_judged():
    found = json.loads(run("judge", "--json", "You fucking idiot, go to hell").stdout)
    assert found["decision"] == "reject"
    assert "profanity" in found["guidelines"]
    assert found["lang"] == "en"


def test_a_text_is_shown_with_its_decision_and_language():
    shown = run("judge", "The ferry should keep running meanwhile.")
    assert shown.stdout.startswith("refer")
    assert "lexicon" in shown.stdout


def test_judging_loads_no_django():
    assert "django" not in modules_after("judge", "hello")[1]


def test_a_file_needs_an_output(tmp_path: Path):
    (tmp_path / "in.jsonl").write_text("")
    refused = run("judge", str(tmp_path / "in.jsonl"))
    assert refused.returncode == 2
    assert "--output" in refused.stderr


def test_streams_are_judged_as_json_lines():
    done = run("judge", "-", "--output", "-", given='{"id": "a", "text": "The quay is old."}\n')
    assert json.loads(done.stdout)["id"] == "a"
    assert "1 judged: 0 approve, 0 reject, 1 refer" in done.stderr


def test_a_bad_line_ends_the_run_with_1_and_says_that_nothing_was_written(tmp_path: Path):
    (tmp_path / "in.jsonl").write_text('{"id": "a"}\n')
    refused = run("judge", str(tmp_path / "in.jsonl"), "--output", str(tmp_path / "out.csv"))
    assert refused.returncode == 1
    assert "line 1: text is missing; nothing was written" in refused.stderr


def test_a_missing_file_is_told_in_one_line(tmp_path: Path):
    refused = run("judge", str(tmp_path / "no.jsonl"), "--output", str(tmp_path / "out.csv"))
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr


def test_a_moderator_needs_a_good_password(server: Server):
    weak = server.premod("createmoderator", "--username", "carol", "--password-stdin", given="carol\n", check=False)
    assert weak.returncode == 1
    assert "12 characters" in weak.stderr
    added = server.premod("createmoderator", "--username", "carol", "--password-stdin", given="a long enough one\n")
    assert "Added moderator carol" in added.stdout
    again = server.premod("createmoderator", "--username", "carol", "--password-stdin", given="x\n", check=False)
    assert "already" in again.stderr


def test_guidelines_are_shown_edited_and_published_as_the_next_version(server: Server, tmp_path: Path):
    shown = server.premod("guidelines", "show", "gazette").stdout
    edited = tmp_path / "guidelines.toml"
    edited.write_text(shown.replace("reject_above = 0.95", "reject_above = 0.9", 1))
    assert "version 2" in server.premod("guidelines", "publish", "gazette", str(edited)).stdout
    assert server.premod("guidelines", "show", "gazette", "--version", "1").stdout == shown
    edited.write_text("languages = []")
    assert "languages" in server.premod("guidelines", "publish", "gazette", str(edited), check=False).stderr


def test_a_site_that_is_not_there_is_told_with_those_that_are(server: Server):
    refused = server.premod("article", "add", "gazete", "quay", "--title", "The quay", check=False)
    assert refused.returncode == 2
    assert "gazette" in refused.stderr


def test_an_erasure_is_asked_for_and_told(server: Server):
    answer = server.json("/api/v1/articles/harbour/comments", {"text": "Erase me, please.", "name": "Zoe"})
    number = str(answer["id"])
    assert server.premod("erase", number, given="n\n", check=False).returncode == 1
    assert "Erased comment" in server.premod("erase", number, given="y\n").stdout
    assert "was erased" in server.premod("erase", number, "--yes", check=False).stderr
    assert "no comment 99999" in server.premod("erase", "99999", "--yes", check=False).stderr


def test_misconfiguration_is_told_at_start(tmp_path: Path):
    wrong = {"PREMOD_JUDGES": "oracle", "PREMOD_LEASE_SECONDS": "1", "PREMOD_BATCH_SIZE": "0"}
    server = Server(tmp_path, settings=wrong)
    refused = server.premod("migrate", check=False)
    assert refused.returncode == 1
    for code in ("premod.E002", "premod.E003", "premod.E004"):
        assert code in refused.stderr


def test_the_worker_is_started_again_when_it_dies(server: Server):
    def worker() -> int | None:
        for pid in descendants(server.process.pid):
            if b"premod\0worker" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return pid
        return None

    first = wait_for(worker, "a worker")
    os.kill(first, signal.SIGKILL)
    second = wait_for(lambda: (pid := worker()) and pid != first and pid, "another worker")
    assert second != first
    answer = server.json("/api/v1/articles/harbour/comments", {"text": f"After {time.time()}.", "name": "Zoe"})
    wait_for(lambda: server.json(f"/api/v1/receipts/{answer['receipt']}")["status"] != "held", "a decision")


def test_what_a_publisher_decides_about_a_site_is_set_and_checked(server: Server):
    shown = server.premod("site", "set", "gazette", "--text-limit", "4000", "--origin", "https://www.gazette.example")
    assert "text_limit\t4000" in shown.stdout
    assert "text_limit" in server.premod("site", "set", "gazette", "--text-limit", "6000", check=False).stderr
    assert "must look like" in server.premod("site", "set", "gazette", "--origin", "gazette", check=False).stderr


def test_a_worker_stops_however_many_signals_it_is_sent(new_server: Callable[..., Server]):
    server = new_server()
    server.premod("migrate")
    command = [sys.executable, "-m", "premod", "worker"]
    for _ in range(3):
        with subprocess.Popen(command, env=server.environment, stderr=subprocess.PIPE, text=True) as worker:
            assert "judging with" in worker.stderr.readline()
            for _ in range(200):
                worker.send_signal(signal.SIGTERM)
            assert worker.wait(30) == 0


def test_a_site_without_origins_can_be_changed_too(server: Server):
    server.premod("site", "add", "herald", "--name", "The Herald")
    assert "email_required\tTrue" in server.premod("site", "set", "herald", "--email-required").stdout


def test_a_port_that_is_taken_is_told(server: Server):
    refused = server.premod("serve", check=False)
    assert refused.returncode == 1
    assert f":{server.port} cannot be listened on" in refused.stderr


def test_killing_the_supervisor_ends_the_server_and_the_worker(new_server: Callable[..., Server]):
    server = new_server()
    server.start()
    processes = descendants(server.process.pid)
    assert len(processes) >= 3
    server.process.kill()
    server.process.wait()
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in processes), "every process to end")
    server.process = None


def test_the_first_start_shows_a_living_system(new_server: Callable[..., Server]):
    server = new_server()
    server.start("--demo")
    wait_for(lambda: "The sample site has comments" in server.log(), "the sample to be filled", seconds=180)
    told = re.findall(r"(\d+) (held|referred|approved|rejected)", server.log())
    by_status = {status: int(number) for number, status in told}
    assert by_status["held"] == 0
    assert by_status["approved"] >= 150
    assert by_status["rejected"] >= 60
    assert by_status["referred"] >= 30
    assert "Sign in to the console as demo" in server.log()
    assert b"troop-withdrawal" in server.request("/")[2]
    assert server.json("/api/v1/articles/troop-withdrawal/comments")["total"] >= 50
    assert "verified" in server.premod("ledger", "verify").stdout
