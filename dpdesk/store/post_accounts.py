"""Mail accounts and agreements with processors in the store; what an account signs in with lies in the table of secrets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, insert, select, update

from dpdesk.domain.post_pace import Security, SignIn
from dpdesk.store.tables import mail_account, processor, secret


@dataclass(frozen=True)
class Account:
    """An officer's mail account. `limits` are those of the provider as the officer set them; `authority` a PEM besides the machine's.

    `authority` is for a party's own certificate authority.
    """

    id: str
    name: str
    provider: str
    host: str
    port: int
    security: Security
    sign_in: SignIn
    username: str
    sender_name: str
    sender_address: str
    limits: Mapping[str, int] = field(default_factory=dict)
    authority: str = ""


def accounts(connection: Connection) -> list[Account]:
    """Every account, by name."""
    return [_account(row) for row in connection.execute(select(mail_account).order_by(mail_account.c.name, mail_account.c.id))]


def account(connection: Connection, identity: str) -> Account | None:
    """One account."""
    row = connection.execute(select(mail_account).where(mail_account.c.id == identity)).first()
    return _account(row) if row else None


def _account(row) -> Account:
    values = {name: row._mapping[name] for name in Account.__dataclass_fields__}
    return Account(**values | {
        "security": Security(row.security), "sign_in": SignIn(row.sign_in), "limits": json.loads(row.limits or "{}")})


def put_account(connection: Connection, new: Account, seq: int) -> None:
    """Keep an account, in place of the one of that identity."""
    connection.execute(delete(mail_account).where(mail_account.c.id == new.id))
    connection.execute(insert(mail_account), [{**new.__dict__, "security": new.security.value, "sign_in": new.sign_in.value,
                                               "limits": json.dumps(dict(new.limits)), "seq": seq}])


def remove_account(connection: Connection, identity: str) -> None:
    """Take an account out, and what it signs in with."""
    connection.execute(delete(mail_account).where(mail_account.c.id == identity))
    put_secret(connection, identity, None)


def put_secret(connection: Connection, identity: str, value: bytes | None) -> None:
    """Keep what an account signs in with; None takes it away."""
    key = f"mail:{identity}"
    connection.execute(delete(secret).where(secret.c.key == key))
    if value is not None:
        connection.execute(insert(secret), [{"key": key, "value": value}])


def secret_of(connection: Connection, identity: str) -> bytes | None:
    """What an account signs in with."""
    return connection.execute(select(secret.c.value).where(secret.c.key == f"mail:{identity}")).scalar()


@dataclass(frozen=True)
class Processor:
    """An agreement with somebody who handles data for the branch (UK GDPR Art 28): from when, until when, where it is kept."""

    id: str
    name: str
    service: str
    agreed_on: str
    ends_on: str
    evidence: str
    ended_on: str = ""

    def stands(self, day: str) -> bool:
        """Whether it is in force on a day."""
        return self.agreed_on <= day and (not self.ends_on or day <= self.ends_on) and not self.ended_on


def processors(connection: Connection) -> list[Processor]:
    """Every agreement, the newest first."""
    query = select(processor).order_by(processor.c.agreed_on.desc(), processor.c.id.desc())
    return [Processor(*(row._mapping[name] for name in Processor.__dataclass_fields__)) for row in connection.execute(query)]


def add_processor(connection: Connection, new: Processor, seq: int) -> None:
    """Keep an agreement."""
    connection.execute(insert(processor), [{**new.__dict__, "seq": seq}])


def end_processor(connection: Connection, identity: str, on: str) -> None:
    """Note that an agreement has ended."""
    connection.execute(update(processor).where(processor.c.id == identity).values(ended_on=on))
