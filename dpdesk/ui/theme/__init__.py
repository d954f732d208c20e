"""How the window looks: `apply` sets palette, font and stylesheet; `active()` gives the tokens in force."""

from dpdesk.ui.theme.look import ARGUMENTS, active, apply, on_change, points, scale, settle
from dpdesk.ui.theme.tokens import RADIUS, SPACE, TARGET, Tokens

__all__ = ["ARGUMENTS", "RADIUS", "SPACE", "TARGET", "Tokens", "active", "apply", "on_change", "points", "scale", "settle"]
