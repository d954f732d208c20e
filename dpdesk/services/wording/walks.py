"""The words of walks."""

from __future__ import annotations

from dpdesk.services.translation import marked as _m

_UNCHANGED = _m("Nothing was changed.")
ACTIONS = {
    "walks.proposed": _m("Walks proposed and made"),
    "walks.ordered": _m("Walks put in order"),
    "walk.made": _m("Walk made"),
    "walk.changed": _m("Walk changed"),
    "walk.divided": _m("Walk divided"),
    "walk.removed": _m("Walk taken away"),
    "walk.house_placed": _m("House put in its place on a walk"),
}
KINDS = {"walk": _m("Walk")}
FIELDS = {"doors": _m("Doors of a walk"), "streets": _m("Streets"), "last": _m("Last number"), "door": _m("Door")}
PROBLEMS = {"house_number_bad": _m("This is not a house number"),
            "nothing_left": _m("Choose a later door of the walk: nothing would be left before this one")}
RIGHTS = {"walks.edit": _m("make and change walks")}
FAILURES = {
    "walks.nobody": (_m("There is no elector with an address to make walks of."), _UNCHANGED,
                     _m("Take a file of the electoral register in first, or name another polling district.")),
    "walks.changed": (_m("The desk changed while the walks were looked at."), _UNCHANGED, _m("Look at them again.")),
    "walks.no_street": (_m("That polling district has no such street."), _UNCHANGED, _m("Choose the street from the list.")),
    "walks.not_placed": (_m("Only a house without a number is put in its place by hand, after a door of its own street."), _UNCHANGED,
                         _m("Houses with a number stand in the order of their numbers.")),
}
