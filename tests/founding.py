"""A founded desk in no time: each kind is founded once for all tests, and copied; a key is derived once for each salt.

Deriving a key takes a quarter of a second on purpose, and most tests want nothing of it but an open desk.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from dpdesk.domain.secret import Secret
from dpdesk.services.desks import Desks, Founding
from dpdesk.services.machine import Machine
from dpdesk.services.session import Session
from dpdesk.store import keys

_FOUNDED: dict[tuple[object, ...], tuple[Path, str]] = {}
_DERIVED: dict[tuple[keys.Kdf, bytes], bytes] = {}
_derive = keys.Kdf.derive


def derive_once(kdf: keys.Kdf, passphrase: Secret) -> bytes:
    """What `Kdf.derive` gives, from memory where it was asked before; where a machine is timed (no salt) always anew."""
    asked = (kdf, passphrase.reveal())
    if asked not in _DERIVED or not any(kdf.salt):
        _DERIVED[asked] = _derive(kdf, passphrase)
    return _DERIVED[asked]


keys.Kdf.derive = derive_once  # type: ignore[method-assign]


def copied(folder: Path, founding: Founding, fill: Callable[[Session], object] | None = None) -> Secret:
    """Put a closed desk there, founded and filled so once for all tests: two of them are the same desk. Returns its recovery key."""
    words = founding.passphrase.text()
    kind = (founding.name, founding.role.value, founding.policy_code, founding.branch, words, fill)
    if kind not in _FOUNDED:
        place = Path(tempfile.mkdtemp(prefix="founded-")) / "desk"
        atexit.register(shutil.rmtree, place.parent, ignore_errors=True)
        session, recovery = Desks(Machine(), keys.least()).create(place, founding._replace(passphrase=Secret(words)))
        if fill is not None:
            fill(session)
        session.close()
        _FOUNDED[kind] = (place, recovery.text())
    made, recovery_words = _FOUNDED[kind]
    shutil.copytree(made, folder)
    return Secret(recovery_words)


def found(desks: Desks, folder: Path, founding: Founding, fill: Callable[[Session], object] | None = None) -> tuple[Session, Secret]:
    """As `desks.create`, for whom any desk founded and filled so will do."""
    words = founding.passphrase.text()
    recovery = copied(folder, founding._replace(passphrase=Secret(words)), fill)
    return desks.open(folder, Secret(words)), recovery
