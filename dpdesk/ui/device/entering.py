"""The fields of an entry of the inventory."""

from __future__ import annotations

from dpdesk.domain.device import DeviceKind, Ownership
from dpdesk.services.device_words import device_kind_name, ownership_name
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.words import _, field_name


def device_specs() -> list[FieldSpec]:
    """Name, kind, whose, and whether others at home use it."""
    return [
        FieldSpec("device_name", field_name("device_name"), help=_("So that you know which it is: not your own name."), longest=80),
        FieldSpec("device_kind", field_name("device_kind"), "choice",
                  choices=tuple((each.value, device_kind_name(each.value)) for each in DeviceKind)),
        FieldSpec("ownership", field_name("ownership"), "choice",
                  choices=tuple((each.value, ownership_name(each.value)) for each in Ownership)),
        FieldSpec("household", field_name("household"), "tick"),
    ]
