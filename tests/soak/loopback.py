"""A mail server in this process that delivers to a box per person and, like Exim, keeps a Bcc header: for machines without Exim or root."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.post.servers import Authority, Post, serving, until


@dataclass
class Loopback:
    """A running server: its port, and what each of the people was given, a message to several in the box of each."""

    post: Post
    people: frozenset[str]
    trusted: Authority | None = None

    @property
    def host(self) -> str:
        return self.post.host

    @property
    def port(self) -> int:
        return self.post.port

    def boxes(self) -> dict[str, list[bytes]]:
        """Every delivered message by the part of the address before the @."""
        found: dict[str, list[bytes]] = {}
        for got in self.post.got:
            for address in got.recipients:
                name = address.partition("@")[0]
                assert name in self.people
                found.setdefault(name, []).append(got.content)
        return found

    def count(self) -> int:
        """How many messages have been delivered."""
        return sum(len(got.recipients) for got in self.post.got)

    def settle(self, wanted: int) -> None:
        """Wait until so many have been delivered."""
        until(lambda: self.count() >= wanted)


@contextlib.contextmanager
def running(folder: Path, trusted: Authority, people: Sequence[str]) -> Iterator[Loopback]:
    """A server over TLS for the people (parts before the @)."""
    with serving(tls=trusted.context(folder)) as post:
        yield Loopback(post, frozenset(people))
