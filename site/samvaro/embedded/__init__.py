"""PostgreSQL and Valkey that come with the project: the demo and the tests stand on these.

    services = embedded.start(Path(".data"))
    services.database_url, services.redis_url
    services.stop()

Real servers, run as processes of their own and bound to 127.0.0.1, with their rows in the given
folder. A server that already runs for the folder is found and used. Production brings its own.
"""

from dataclasses import dataclass
from pathlib import Path

from samvaro.embedded.postgres import Postgres
from samvaro.embedded.state import EmbeddedError, locked, prepare_folder
from samvaro.embedded.valkey import Valkey

__all__ = ["EmbeddedError", "Postgres", "Services", "Valkey", "discard", "prepare_folder", "start"]


@dataclass(frozen=True)
class Services:
    postgres: Postgres
    valkey: Valkey

    @property
    def database_url(self) -> str:
        return self.postgres.url

    @property
    def redis_url(self) -> str:
        return self.valkey.url

    def stop(self, *, found: bool = False) -> None:
        """End what this object started; with `found` also what was running when it came."""
        for server in (self.valkey, self.postgres):
            if found or server.started_here:
                server.stop()


def start(data_dir: Path, *, durable: bool = True) -> Services:
    """Start both servers, or find them running. Without `durable` a power cut may cost rows."""
    data_dir = Path(data_dir).resolve()
    prepare_folder(data_dir)
    services = Services(Postgres(data_dir, durable=durable), Valkey(data_dir, durable=durable))
    try:
        services.postgres.start()
        services.valkey.start()
    except BaseException:
        services.stop()
        raise
    return services


def discard(data_dir: Path) -> None:
    """End the servers of this folder and throw their rows away, wherever they lie."""
    data_dir = Path(data_dir).resolve()
    if not data_dir.is_dir():
        return
    for server in (Valkey(data_dir), Postgres(data_dir)):
        server.stop()
        with locked(data_dir):
            server.discard()
