"""What the law asks of what is kept: diary numbers, rules on keeping and weeding, decisions and their traces."""

from loftet.domain.records.models.decisions import OpenDoor, Unreachable, WeedingDecision, WeedingTrace
from loftet.domain.records.models.disclosing import Disclosure
from loftet.domain.records.models.keeping import WEEDABLE, DiaryNumber, DocumentType, RetentionRule
from loftet.domain.records.models.sending import Dispatch, DispatchTry, RegistryAddress
from loftet.domain.records.models.weeding import Weeding

__all__ = [
    "WEEDABLE",
    "DiaryNumber",
    "Disclosure",
    "Dispatch",
    "DispatchTry",
    "DocumentType",
    "OpenDoor",
    "RegistryAddress",
    "RetentionRule",
    "Unreachable",
    "Weeding",
    "WeedingDecision",
    "WeedingTrace",
]
