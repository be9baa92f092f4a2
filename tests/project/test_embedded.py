"""The servers of the demo and the tests: real ones, started and lost in every way we know."""

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import redis

from samvaro import embedded
from samvaro.embedded import binaries, ports, processes, state
from samvaro.embedded.postgres import Postgres
from samvaro.environment import ROOT
from tests.waiting import until


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "mina data på disk"
    yield folder
    embedded.discard(folder)


def write_rows(services: embedded.Services) -> None:
    with psycopg.connect(services.database_url) as connection:
        connection.execute("CREATE TABLE places AS SELECT generate_series(1, 1000) AS number")
    with redis.Redis.from_url(services.redis_url) as valkey:
        valkey.set("bell", "rung")


def rows_are_there(services: embedded.Services) -> bool:
    with psycopg.connect(services.database_url) as connection:
        row = connection.execute("SELECT count(*), sum(number) FROM places").fetchone()
    with redis.Redis.from_url(services.redis_url) as valkey:
        return row == (1000, 500_500) and valkey.get("bell") == b"rung"


def test_rows_survive_a_kill_of_both_servers(folder: Path) -> None:
    services = embedded.start(folder)
    write_rows(services)

    services.postgres.kill()
    services.valkey.kill()
    assert (services.postgres.pid, services.valkey.pid) == (None, None)

    assert rows_are_there(embedded.start(folder))


def test_rows_survive_a_stop_and_keep_their_address(folder: Path) -> None:
    services = embedded.start(folder)
    write_rows(services)
    before = (services.database_url, services.redis_url)

    services.stop()
    again = embedded.start(folder)

    assert (again.database_url, again.redis_url) == before
    assert rows_are_there(again)


def test_a_second_start_finds_the_servers_of_the_first_and_leaves_them_running(
    folder: Path,
) -> None:
    first = embedded.start(folder)
    second = embedded.start(folder)

    assert (second.postgres.pid, second.valkey.pid) == (first.postgres.pid, first.valkey.pid)
    assert second.database_url == first.database_url
    second.stop()
    write_rows(first)
    assert rows_are_there(second)


def test_stopping_ends_the_servers_of_this_folder_and_no_others(
    folder: Path, own_services: embedded.Services
) -> None:
    services = embedded.start(folder)
    services.stop()

    assert (services.postgres.pid, services.valkey.pid) == (None, None)
    write_rows(own_services)
    assert rows_are_there(own_services)


def test_a_port_that_somebody_took_is_given_up_for_another(folder: Path) -> None:
    services = embedded.start(folder)
    write_rows(services)
    services.stop()
    addresses = (services.database_url, services.redis_url)

    with socket.socket() as one, socket.socket() as other:
        for taker, address in zip((one, other), addresses, strict=True):
            taker.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taker.bind((ports.HOST, urlsplit(address).port or 0))
            taker.listen()
        again = embedded.start(folder)
        assert again.postgres.url != addresses[0]
        assert again.valkey.url != addresses[1]
        assert rows_are_there(again)


def test_a_process_id_left_by_a_killed_server_may_belong_to_somebody_else_now(
    folder: Path,
) -> None:
    services = embedded.start(folder)
    write_rows(services)
    services.postgres.kill()
    services.valkey.kill()

    home = Path(state.load(folder / "postgres.json")["home"])
    left = home / "cluster" / "postmaster.pid"
    left.write_text("\n".join([str(os.getpid()), *left.read_text().splitlines()[1:]]))
    (folder / "valkey" / "valkey.pid").write_text(f"{os.getpid()}\n")

    assert services.postgres.pid is None
    assert rows_are_there(embedded.start(folder))


def test_a_first_start_that_was_cut_off_half_way_is_begun_anew(folder: Path) -> None:
    services = embedded.start(folder)
    services.stop()
    home = Path(state.load(folder / "postgres.json")["home"])
    # As it looks when the power goes while the cluster is being made.
    (home / "cluster").rename(home / "cluster.new")
    (home / "cluster.new" / "PG_VERSION").unlink()

    again = embedded.start(folder)

    write_rows(again)
    assert rows_are_there(again)


def test_a_server_that_was_paused_can_still_be_stopped(own_services: embedded.Services) -> None:
    for server in (own_services.valkey, own_services.postgres):
        pid = server.pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        server.stop()
        assert server.pid is None


def test_a_killed_server_is_not_alive_while_it_is_a_zombie() -> None:
    child = subprocess.Popen(["/bin/sleep", "60"])
    # Until it has become the program, it still has our own command line.
    until(lambda: processes.is_alive(child.pid, "sleep 60"), what="the child has begun")
    assert not processes.is_alive(child.pid, "postgres")

    child.kill()
    # Nobody has asked for its end yet, so its entry is still in the table of processes.
    until(lambda: not processes.is_alive(child.pid, "sleep 60"), what="the child is gone")
    assert child.wait() == -signal.SIGKILL


def test_nobody_comes_in_without_the_password(own_services: embedded.Services) -> None:
    address = urlsplit(own_services.database_url)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(own_services.database_url.replace(address.password or "", "guessed"))
    port = urlsplit(own_services.redis_url).port or 0
    with (
        redis.Redis(host=ports.HOST, port=port) as stranger,
        pytest.raises(redis.AuthenticationError),
    ):
        stranger.ping()


def test_passwords_lie_in_files_for_their_owner_only(own_services: embedded.Services) -> None:
    folder = own_services.postgres.data_dir
    password = urlsplit(own_services.redis_url).password or ""
    secrets = [folder / "postgres.json", folder / "valkey.json", folder / "valkey" / "valkey.conf"]
    assert password in secrets[-1].read_text()
    for file in secrets:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_swedish_letters_are_letters_whatever_the_language_of_the_machine(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    with psycopg.connect(embedded.start(folder).database_url) as connection:
        row = connection.execute("SELECT lower('ÅÄÖÉ'), 'Ängsö' ILIKE 'ängsö'").fetchone()
    assert row == ("åäöé", True)


def test_nothing_is_left_of_a_discarded_folder(folder: Path) -> None:
    services = embedded.start(folder)
    home = Path(state.load(folder / "postgres.json")["home"])

    embedded.discard(folder)

    assert services.postgres.pid is None
    assert not home.exists()
    assert [file.name for file in folder.iterdir()] == ["services.lock"]


def test_a_lost_password_is_told_and_the_rows_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "postgres" / "cluster").mkdir(parents=True)
    with pytest.raises(embedded.EmbeddedError, match=r"postgres\.json is gone"):
        Postgres(tmp_path).start()
    assert (tmp_path / "postgres" / "cluster").is_dir()


def test_without_any_postgresql_the_message_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account = binaries.account_for(None)
    with pytest.raises(embedded.EmbeddedError, match=r"no PostgreSQL 7 was found.*set PG_BIN"):
        binaries.find(account, 7)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as somebody else")
def test_under_root_a_closed_folder_stays_closed_and_its_rows_are_kept_elsewhere(
    tmp_path: Path,
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    folder = closed / "data"
    services = embedded.start(folder)
    write_rows(services)
    home = Path(state.load(folder / "postgres.json")["home"])

    assert home.is_relative_to(binaries.SHELTER)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    services.stop()
    again = embedded.start(folder)
    assert rows_are_there(again)
    embedded.discard(folder)
    assert not home.exists()


# Where the code and the packages are, for a Python that is not the one of .venv.
PACKAGES = os.pathsep.join([str(ROOT / "site"), sysconfig.get_path("purelib")])


def python_of(user: binaries.Account) -> str | None:
    """A Python that this user may run and that our packages fit; root's own is often closed."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for path in (sys.executable, shutil.which(version, path="/usr/local/bin:/usr/bin")):
        if path is None:
            continue
        tried = user.run(
            *("/usr/bin/env", f"PYTHONPATH={PACKAGES}", path, "-c"),
            "from samvaro import embedded",
        )
        if tried.returncode == 0:
            return path
    return None


START_AND_STOP = """
import os, pathlib, tempfile
from samvaro import embedded
with tempfile.TemporaryDirectory() as folder:
    services = embedded.start(pathlib.Path(folder) / "åäö data")
    print(os.getuid(), services.postgres.pid > 0, services.valkey.pid > 0)
    services.stop()
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become an ordinary user")
def test_an_ordinary_user_runs_the_servers_as_well() -> None:
    user = binaries.account_for(None)
    python = python_of(user)
    if python is None:
        pytest.skip("no Python here that an ordinary user can reach and our packages fit")
    done = subprocess.run(
        [python, "-c", START_AND_STOP],
        env={"PYTHONPATH": PACKAGES, "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        cwd="/",
        check=False,
        **user.options(),
    )
    assert (done.stdout, done.stderr) == (f"{user.uid} True True\n", "")
