"""Whatever makes a site asks nobody: `digest build` opens no connection and needs no network."""

import shutil
import subprocess
import sys

import pytest
from conftest import Desk

WATCHED = """
import sys

def watch(event, arguments):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"):
        print("OPENED", event, arguments, file=sys.stderr)

sys.addaudithook(watch)
from digest.cli import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize("command", [("build",), ("verify",), ("stories", "--record"), ("summarize",), ("review",), ("translate",)])
def test_opens_no_connection(built: Desk, command: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, "-c", WATCHED, *command], cwd=built.root, check=False, capture_output=True, text=True,
                          encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr
    assert "OPENED" not in done.stderr


def test_the_watch_sees_a_connection(built: Desk) -> None:
    settings = built.content / "digest.yml"
    settings.unlink()
    settings.write_text("title: A\nlanguages: [en]\ncontact: mailto:desk@example.org\n", "utf-8")
    done = subprocess.run([sys.executable, "-c", WATCHED, "add", "http://127.0.0.1:9/"], cwd=built.root, check=False, capture_output=True,
                          text=True, encoding="utf-8", timeout=300)
    assert "OPENED socket.getaddrinfo" in done.stderr
    assert "OPENED socket.connect" not in done.stderr


def test_builds_where_there_is_no_network(built: Desk, newsroom: Desk) -> None:
    unshare = shutil.which("unshare")
    if not unshare or subprocess.run([unshare, "--map-root-user", "--net", "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system gives no process a network of its own")
    shutil.rmtree(built.root / "build", ignore_errors=True)
    done = subprocess.run([unshare, "--map-root-user", "--net", sys.executable, "-m", "digest", "build"], cwd=built.root, check=False,
                          capture_output=True, text=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr
    assert built.snapshot() == newsroom.snapshot()
