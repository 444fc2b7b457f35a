"""A build on a real Dask cluster, over TCP, gives the same site; a worker that is killed in the middle costs time, not output."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import Result
from conftest import Desk, free_port

Run = Callable[..., Result]

WORKERS = 2


class Dask:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.address = folder, f"tcp://127.0.0.1:{free_port()}"
        self.scheduler = self.start("dask_scheduler", "--host", "127.0.0.1", "--port", self.address.rpartition(":")[2])
        self.workers = [self.start("dask_worker", self.address, "--nthreads", "1", "--no-nanny", "--local-directory",
                                   str(folder / str(number))) for number in range(WORKERS)]

    def start(self, program: str, *args: str, **env: str) -> subprocess.Popen[bytes]:
        """Start one of Dask's programs."""
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen([sys.executable, "-m", f"distributed.cli.{program}", *args, "--no-dashboard"], stdout=log, stderr=log,
                                    env=os.environ | {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "20s"} | env)

    def wait(self) -> None:
        """Wait until the scheduler listens."""
        for _ in range(600):
            with suppress(OSError), socket.create_connection(("127.0.0.1", int(self.address.rpartition(":")[2])), timeout=1):
                return
            time.sleep(0.1)
        raise AssertionError((self.folder / "log").read_text("utf-8"))

    def stop(self) -> None:
        """Stop all of them."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Dask]:
    pytest.importorskip("distributed")
    (tmp_path / "dask").mkdir()
    running = Dask(tmp_path / "dask")
    running.wait()
    yield running
    running.stop()


def start_build(desk: Desk, dask: Dask) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-m", "digest", "build", "--scheduler", dask.address], cwd=desk.root, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def kept(desk: Desk) -> int:
    return sum(path.is_file() for path in (desk.root / "build" / "cache").rglob("*"))


def test_a_cluster_builds_the_same_site_though_a_worker_is_killed_half_way(desk: Desk, newsroom: Desk, dask: Dask) -> None:
    with start_build(desk, dask) as build:
        for _ in range(3000):
            if kept(desk) or build.poll() is not None:
                break
            time.sleep(0.02)
        assert build.poll() is None, build.communicate()
        dask.workers[0].kill()
        said, problem = build.communicate(timeout=500)
    assert build.returncode == 0, problem
    assert "every quotation stands in its source" in said
    assert dask.workers[1].poll() is None
    assert desk.snapshot() == newsroom.snapshot()
    assert kept(desk) > 50


def test_a_cluster_without_workers_is_not_waited_for(desk: Desk, dask: Dask) -> None:
    with start_build(desk, dask) as build:
        for _ in range(3000):
            if kept(desk) or build.poll() is not None:
                break
            time.sleep(0.02)
        for worker in dask.workers:
            worker.kill()
        _, problem = build.communicate(timeout=500)
    assert build.returncode == 1, problem
    assert problem.splitlines()[-1].startswith("error: the cluster "), problem
    assert "Traceback" not in problem


def test_a_worker_with_another_program_is_refused(desk: Desk, dask: Dask, digest: Run) -> None:
    for worker in dask.workers:
        worker.kill()
        worker.wait()
    other = dask.folder / "other"
    other.mkdir()
    (other / "sitecustomize.py").write_text("import digest.running.executors as e\ne.program_version = lambda: 'another'\n", "utf-8")
    dask.workers = [dask.start("dask_worker", dask.address, "--nthreads", "1", "--no-nanny", PYTHONPATH=f"{other}:{Path.cwd()}")]
    done = digest(desk, "build", "--scheduler", dask.address)
    assert done.exit_code == 1
    assert "error: a worker has another version of this program or of its libraries; install the same there" in done.stderr


def test_no_cluster_there_is_one_line(desk: Desk, digest: Run) -> None:
    pytest.importorskip("distributed")
    done = digest(desk, "build", "--scheduler", f"tcp://127.0.0.1:{free_port()}")
    assert done.exit_code == 1
    assert "no scheduler with workers answers there" in done.stderr
    assert "Traceback" not in done.stderr
