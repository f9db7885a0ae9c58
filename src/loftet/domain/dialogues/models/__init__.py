"""The dialogue and what its methods collect. Each method keeps its own models; they are gathered here for Django."""

from loftet.domain.dialogues.models.dialogue import Dialogue
from loftet.domain.dialogues.models.participant import Participant
from loftet.domain.dialogues.models.voice import Voice

# A method's models point at the three above, so they come last.
from loftet.domain.dialogues.methods.statements.models import Statement, Vote  # isort: skip

__all__ = ["Dialogue", "Participant", "Statement", "Voice", "Vote"]
