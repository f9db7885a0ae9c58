"""The sharp facts that a sentence carries: who, when and how much."""

from __future__ import annotations

import re
from typing import Literal

Fact = Literal["who", "what", "when", "how much"]

_NUMBERS = (
    "en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|femton|tjugo|trettio|fyrtio|femtio|hundra|halva|hälften"
    "|dubbelt|fjärdedel"
)
_MONTHS = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
_DAYS = "måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag"
_PERIODS = "dag|dygn|kväll|natt|vecka|månad|kvartal|halvår|termin|år|vardag|helg"
_WHO = re.compile(
    r"\b(?:kommun(?:en|ens|styrelsen|chefen|polisen|ala)\w*|polis(?:en|myndigheten|området|områdes\w*|chefen|er|erna)"
    r"|lokalpolis\w*|områdespolis\w*|\w*(?:nämnden|förvaltningen|kontoret|enheten|avdelningen|bolaget|myndigheten"
    r"|tjänsten|samordnaren?|chefen|chef|ansvariga?|ledaren?|gruppen|gruppchefen|sekreteraren)"
    r"|rektor(?:n|erna)?|vaktmästar\w*|ordningsvakt\w*|väktar\w*|fältassistent\w*|fältarbetar\w*|fastighetsägar\w*"
    r"|hyresgästföreningen|regionen|länsstyrelsen|trafikverket|nattvandrar\w*)\b",
    re.I,
)
_WHEN = re.compile(
    rf"\b(?:varje|varannan|vartannat|var\s(?:tredje|fjärde|femte|sjätte|sjunde|åttonde|tionde|fjortonde)|per|en\sgång|(?:första|sista)\s\w+)\s"
    rf"(?:\w+\s){{0,2}}?(?:{_PERIODS}|{_DAYS})\w*"
    rf"|\b(?:i|om)\s(?:{_PERIODS})(?:en|an|et|n)\b|\b(?:{_DAYS})(?:ar|en|ens)?\b"
    r"|\b(?:dagligen|veckovis|månadsvis|årligen|kvartalsvis|halvårsvis|månatligen)\b"
    rf"|\b(?:{_MONTHS})\b|\b(?:19|20)[0-9]{{2}}\b|\bkl\.?\s?[0-9]|\b[0-9]{{1,2}}[.:][0-9]{{2}}\b"
    r"|\b[0-9]{1,2}/[0-9]{1,2}\b|\bvecka\s[0-9]+|\b(?:vår|höst|sommar|vinter)(?:en)?\s(?:19|20)[0-9]{2}"
    rf"|\binom\s(?:[0-9]+|{_NUMBERS})\s",
    re.I,
)
_COUNTED = re.compile(
    rf"(?<![\w./:-])(?:[0-9]{{1,3}}(?:[  ][0-9]{{3}})+|[0-9]+(?:[.,][0-9]+)?|{_NUMBERS})(?![\w/:]|[.][0-9]|-[0-9])"
    r"\s?(?P<of>%|[^\W\d_][\w-]*)?",
    re.I,
)
# What a number is counted in when it is a date, a time or a step and no amount; and words that "en" only introduces.
_NO_AMOUNT = re.compile(rf"(?:{_MONTHS}|{_PERIODS}\w*|till|och|–|i|på|av|kap|§|maj)\b", re.I)
_ARTICLE = re.compile(r"(?:en|ett)\b", re.I)
_PART = re.compile(r"(?:hälften|(?:en\s)?fjärdedel)\b", re.I)  # an amount of whatever follows
_BEFORE_DATE = re.compile(
    r"(?:\b(?:kl|den|nr|år|paragraf|punkt|sida|väg|linje|etapp|fas|minst\ssedan)\.?\s*|[-/:.])\Z", re.I
)
_BOUND = re.compile(r"\b(?:från|till|minst|högst|med|av)\s*\Z", re.I)


def facts_in(sentence: str) -> frozenset[Fact]:
    """Which sharp facts a sentence carries: `who` (an office or a function), `when`, `how much`.

    `what` is carried when both an amount and a time are: words so exact say what is done. "en" and "ett" are no amounts
    unless "minst" or "högst" stands before.

    >>> sorted(facts_in("Polisen går två fotpatruller varje fredag."))
    ['how much', 'what', 'when', 'who']
    >>> sorted(facts_in("Vi ska verka för en tryggare stad."))
    []
    """
    found: set[Fact] = set()
    if _WHO.search(sentence):
        found.add("who")
    if _WHEN.search(sentence):
        found.add("when")
    if any(_is_amount(sentence, match) for match in _COUNTED.finditer(sentence)):
        found.add("how much")
    if {"when", "how much"} <= found:
        found.add("what")
    return frozenset(found)


def _is_amount(sentence: str, match: re.Match[str]) -> bool:
    number, of = match.group().split()[0], match["of"] or ""
    before = sentence[max(0, match.start() - 14) : match.start()]
    if re.fullmatch(r"(?:19|20)[0-9]{2}", number) or _BEFORE_DATE.search(before):
        return False
    if _PART.match(match.group()):
        return True
    if of and _NO_AMOUNT.match(of):
        return bool(_BOUND.search(before)) and of.lower() in {"till", "och", "–"}
    if _ARTICLE.fullmatch(number):
        return bool(re.search(r"\b(?:minst|högst|exakt)\s*\Z", before, re.I)) or of.lower().startswith("gång")
    return bool(of) or bool(_BOUND.search(before))
