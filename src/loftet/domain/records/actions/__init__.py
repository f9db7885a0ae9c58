"""Registering what is decided, sending it to the diaries, deciding how long it is kept, and taking away by decision."""

from loftet.domain.records.actions.disclosing import Preview, disclose, preview_disclosure
from loftet.domain.records.actions.keeping import decide_rule, enter_diary_number
from loftet.domain.records.actions.sending import (
    MOST_TRIES,
    perform_dispatch,
    send_to_registries,
    send_waiting,
    set_registry_address,
)
from loftet.domain.records.actions.weeding import WEEDED_ENTRY, weed
from loftet.domain.records.actions.withholding import withhold_words

__all__ = [
    "MOST_TRIES",
    "WEEDED_ENTRY",
    "Preview",
    "decide_rule",
    "disclose",
    "enter_diary_number",
    "perform_dispatch",
    "preview_disclosure",
    "send_to_registries",
    "send_waiting",
    "set_registry_address",
    "weed",
    "withhold_words",
]
