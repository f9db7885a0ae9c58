"""Registering what is decided, deciding how long things are kept, and taking away by decision."""

from loftet.domain.records.actions.keeping import decide_rule, enter_diary_number
from loftet.domain.records.actions.withholding import withhold_words

__all__ = ["decide_rule", "enter_diary_number", "withhold_words"]
