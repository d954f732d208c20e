"""The window's words: what `services/words.py` says, under one short name for every page."""

from dpdesk.services.words import (
    Said,
    _,
    action_name,
    channel_name,
    day,
    field_name,
    moment,
    problem,
    reason_name,
    role_name,
    sentence,
    status_name,
    trn,
)

__all__ = ["Said", "_", "action_name", "channel_name", "day", "field_name", "moment", "problem", "reason_name",
           "role_name", "sentence", "status_name", "trn"]
