"""What is known of the place a file would lie in: synced, on another machine, on which drive. Asked before a copy leaves the desk.

Each adapter tells its part: the store knows synced folders and shares, the checks of the device know drives (S1 §27.15).
"""

from __future__ import annotations

from pathlib import Path

from dpdesk.domain.copies import Place


def place_of(path: Path) -> Place:
    """The place of a file that is to be written at `path`."""
    from dpdesk.device import place
    from dpdesk.store.place import is_network, synced_by
    folder = _nearest(path.absolute())
    synced, network = synced_by(folder), is_network(folder)
    if synced or network:
        return Place(synced, network)  # no drive is asked of what lies elsewhere
    return Place(synced, network, *place.drive_of(folder))


def _nearest(path: Path) -> Path:
    """The folder the file will lie in, links followed."""
    folder = path.parent
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.resolve()


def means_of(folder: Path) -> str:
    """What deleting a file in `folder` can promise: one of `store.removal.REMOVALS`."""
    from dpdesk.device import place
    return place.means_of(folder.resolve())
