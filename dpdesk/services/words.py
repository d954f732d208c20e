"""The words of dpdesk: names of codes, sentences of failures, dates. The window and the command line both take them from
here, so that they say the same thing in the same words.
"""

from dpdesk.services.dates import away, british, day, due, moment, span
from dpdesk.services.happenings import (
    action_name,
    bulk_reason,
    dependent_name,
    finding_name,
    finding_sentence,
    goes_name,
    import_reason,
    import_state_name,
    likeness_name,
    mail_reason,
    notice,
    place_warning,
    problem,
    table_note,
    target_name,
    today_item,
)
from dpdesk.services.names import (
    answer_name,
    capacity_name,
    channel_name,
    confidentiality_name,
    copy_kind_name,
    copy_state_name,
    field_name,
    flag_name,
    ground_name,
    key_kind_name,
    kind_name,
    look_name,
    match_name,
    media_name,
    method_name,
    reach_name,
    reason_name,
    reply_name,
    reply_state_name,
    right_name,
    role_name,
    sort_name,
    stage_name,
    standing_name,
    status_name,
    verdict_name,
    way_name,
)
from dpdesk.services.sentences import Said, invalid_command, listed, sentence, trace_code
from dpdesk.services.translation import tr, trn, use_locale

_ = tr

__all__ = [
    "Said", "_", "action_name", "answer_name", "away", "british", "bulk_reason", "capacity_name", "channel_name",
    "confidentiality_name", "copy_kind_name", "copy_state_name", "day", "dependent_name", "due", "field_name", "finding_name",
    "finding_sentence", "flag_name", "goes_name", "ground_name", "import_reason", "import_state_name", "invalid_command", "key_kind_name",
    "table_note",
    "kind_name", "likeness_name", "listed", "look_name", "mail_reason", "match_name", "media_name", "method_name", "moment",
    "notice", "place_warning", "problem", "reach_name", "reason_name", "reply_name", "reply_state_name", "right_name",
    "role_name", "sentence", "sort_name", "span", "stage_name", "standing_name", "status_name", "target_name", "today_item", "tr",
    "trace_code", "trn", "use_locale", "verdict_name", "way_name",
]
