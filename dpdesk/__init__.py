"""dpdesk: a data-protection desk for the officers of political parties.

`RESOURCES` is the folder of fonts, icons, policies and help, in a checkout and in an installed wheel alike.
"""

from pathlib import Path

__all__ = ["RESOURCES", "__version__"]

__version__ = "0.1.0"


def _find_resources() -> Path:
    """The folder inside the installed package, else the one beside it in a checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


RESOURCES: Path = _find_resources()
