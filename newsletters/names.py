"""What the world reads about a domain: text records and mail servers, asked of the name servers."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import dns.exception
import dns.resolver
from django.conf import settings

# Seconds for one question, however many servers are tried.
PATIENCE = 3.0


class NoAnswer(Exception):
    """No name server answered. It says nothing about the domain."""


@dataclass(frozen=True)
class Names:
    """`servers`: "address" or "address:port"; those of the system when there are none."""

    servers: tuple[str, ...] = ()

    def texts(self, name: str) -> list[str]:
        """The text records of a name; none when it has none or does not exist."""
        return [b"".join(row.strings).decode(errors="replace") for row in self._ask(name, "TXT")]

    def mail_servers(self, name: str) -> list[str]:
        return [str(row.exchange).rstrip(".") for row in self._ask(name, "MX")]

    def _ask(self, name: str, kind: str) -> list[Any]:
        try:
            return list(self._resolver.resolve(name, kind, lifetime=PATIENCE))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError) as error:
            raise NoAnswer(f"{name} {kind}: {type(error).__name__}") from error

    @cached_property
    def _resolver(self) -> dns.resolver.Resolver:
        try:
            found = dns.resolver.Resolver(configure=not self.servers)
            if self.servers:
                places = [server.rpartition(":") for server in self.servers]
                found.nameserver_ports = {host: int(port) for host, _, port in places if host}
                found.nameservers = [host or port for host, _, port in places]
        except (dns.exception.DNSException, OSError, ValueError) as error:
            raise NoAnswer(type(error).__name__) from error
        return found


def of_the_system() -> Names:
    return Names(tuple(settings.DNS_SERVERS))
