"""Words that promise nothing that can be checked: a phrase, what is missing beside it, and what to write instead.

The phrases were collected from published promises (the words, no text), the suggestions written for this project. How a
phrase is written: words in order; `a|b` is either; `x*` may go on; `_` lets up to two words stand between (Swedish puts
the subject there: "verkar vi för").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from loftet.analysis.readability.facts import Fact


@dataclass(frozen=True, slots=True)
class Phrase:
    """A vague phrase: how it is written, which fact is `missing`, and a `suggestion` in plain Swedish.

    A way out ("om möjligt") is vague whatever facts stand beside it.
    """

    written: str
    missing: Fact
    suggestion: str
    is_way_out: bool = False

    def pattern(self) -> str:
        """The regular expression that finds its forms.

        >>> found = re.search(Phrase("verka|verkar _ för", "what", "Skriv vad.").pattern(), "Här verkar vi för ljus")
        >>> found.group()
        'verkar vi för'
        """
        pieces: list[str] = []
        for word in self.written.split():
            if word == "_":
                pieces[-1] += r"(?:\s[\w-]+){0,2}?"
            else:
                pieces.append("(?:" + "|".join(re.escape(w).replace(r"\*", r"[\w-]*") for w in word.split("|")) + ")")
        return r"\b" + r"\s".join(pieces) + r"\b"


def _phrases(missing: Fact, suggestion: str, *written: str, is_way_out: bool = False) -> Iterator[Phrase]:
    return (Phrase(one, missing, suggestion, is_way_out) for one in written)


_WORK: Final = "verka|verkar|verkade"
_TOIL: Final = "arbeta|arbetar|jobba|jobbar"
_STRIVE: Final = "sträva|strävar|eftersträva|eftersträvar"

PHRASES: Final[tuple[Phrase, ...]] = (
    # What is done: an intention stands where a deed should.
    *_phrases(
        "what",
        "Skriv vad ni gör: vem gör vad, hur många och när. Till exempel ”Kommunen byter 40 lampor före den 1 oktober”.",
        f"{_WORK} _ för",
        f"{_TOIL} _ för",
        f"{_TOIL} _ med",
        f"{_TOIL} _ mot",
        f"{_TOIL} _ förebyggande|aktivt|långsiktigt|målmedvetet|systematiskt|strukturerat|trygghetsskapande",
        f"{_STRIVE} _ efter|mot|att",
        "eftersträva|eftersträvar|eftersträvas",
        "långsiktigt arbete",
        "förebyggande arbete",
        "trygghetsskapande arbete|åtgärder|insatser",
        "brottsförebyggande arbete|åtgärder|insatser",
        "gemensamt arbete",
        "intensifiera|intensifierar|intensifierat|intensifieras _ arbete|arbetet",
    ),
    *_phrases(
        "what",
        "Skriv vad ni gör tillsammans: vilket möte, vilken patrull eller vilken åtgärd, och hur ofta.",
        "samverka|samverkar _ kring|om|med|för",
        "samverka|samverkar",
        "fördjupa|fördjupar|fördjupad|utveckla|utvecklar|utökad|fortsatt _ samverkan|samverkansformer",
        "god|nära|bra|tät samverkan",
        "samarbeta|samarbetar _ kring|om|med|för",
        "kraftsamla|kraftsamlar|kraftsamling",
    ),
    *_phrases(
        "what",
        "Skriv vad som kommer att vara gjort, och till vilken dag. Att titta på något är inte att göra det.",
        "se|ser _ över",
        "översyn",
        "utreda|utreder|utreds _ möjlighet*",
        "undersöka|undersöker|undersöks _ möjlighet*",
        "möjliggöra|möjliggör",
        "ta|tar _ initiativ till",
        "uppmärksamma|uppmärksammar|uppmärksammas",
        "lyfta|lyfter _ fråga*",
        "belysa|belyser _ fråga*",
        "ta|tar _ hänsyn till",
        "beakta|beaktar|beaktas",
        "planera|planerar _ för",
        "inleda|inleder _ arbete*",
    ),
    *_phrases(
        "what",
        "Skriv vilka åtgärder det är. ”Insatser” kan vara vad som helst: en fotpatrull, en kontroll, ett möte?",
        "riktade|planerade|samlade|särskilda|olika|gemensamma|lokala insatser|åtgärder|satsningar",
        "insats|insatser mot|för|vid|i|på|utöver",
        "lämpliga|nödvändiga|erforderliga|adekvata|relevanta åtgärder|insatser",
        "vidta|vidtar _ åtgärder",
        "genomföra|genomför _ aktiviteter|insatser|åtgärder",
        "aktiviteter|åtgärder för|mot",
    ),
    *_phrases(
        "what",
        "Skriv vad som händer i stället för vad som är viktigt: vem gör vad, var och när.",
        "prioritera|prioriterar|prioriteras",
        "fokusera|fokuserar|fokus _ på",
        "sätta|sätter _ fokus",
        "engagera|engagerar|involvera|involverar",
        "främja|främjar|främjas",
        "stötta|stöttar|stödja|stödjer|stöder|underlätta|underlättar",
        "bidra|bidrar _ till",
        "medverka|medverkar _ till|i",
        "motverka|motverkar|motarbeta|motarbetar",
        "förebygga|förebygger",
        "skapa|skapar _ förutsättning*",
        "skapa|skapar _ trygghet|trygga|tryggare",
        "verka|verkar|vara _ synlig|synliga",
        "ha|har|hålla|håller _ dialog",
        "utveckla|utvecklar|utvecklas _ arbete*|metod*|rutin*|former*",
    ),
    *_phrases(
        "how much",
        "Skriv hur många ni når, var och när: ”åtta möten med äldre under 2026”.",
        "informera|informerar _ om|mot|i",
        "sprida|sprider|dela|delar _ information|kunskap",
        "öka|ökar|höja|höjer _ kunskap*|medvetenhet*|kännedom*",
    ),
    # How much: a direction stands where an amount should.
    *_phrases(
        "how much",
        "Skriv hur mycket, från vad till vad: ”från 52 till 60 procent i mätningen i mars 2027”.",
        "öka|ökar|höja|höjer|stärka|stärker|förbättra|förbättrar _ trygghet*",
        "ökad|ökat|ökade|högre|bättre|upplevd _ trygghet*",
        "minska|minskar|minskad|minskat _ otrygghet*|brottslighet*|skadegörelse*|risk*|stör*",
        "tryggare|säkrare|trivsammare",
        "minska|minskar|minskas|reducera|reducerar",
        "öka|ökar|ökas|utöka|utökar|utökas",
        "ökad|ökat|ökade|utökad|utökat|utökade|förstärkt|förstärkta",
        "förbättra|förbättrar|förbättras|förbättrad|förbättrade",
        "stärka|stärker|stärks|förstärka|förstärker|förstärks",
        "höja|höjer|höjs",
        "mer|fler|större|högre|färre|mindre _ närvaro|kontroller|poliser|fordonskontroller|patruller|insatser|vuxna",
        "bättre belysning|miljö*|kommunikation|samverkan",
        "hög|stark|synlig närvaro",
        "fortsätta|fortsätter|fortsatt _ att|med",
    ),
    *_phrases(
        "how much",
        "Skriv ett antal: ”minst två”, ”åtta”, ”alla 14”.",
        "ett antal",
        "flera|några|många|ett|en flertal|rad|mängd|del",
        "flera|flertal|åtskilliga",
        "i möjligaste mån",
        "i hög|högre|större|stor utsträckning|grad",
        "i största möjliga mån|utsträckning",
        "tillräcklig|tillräckligt|tillräckliga",
        "intensifiera|intensifierar|intensifierad|intensifierat|intensifieras",
        "extra",
    ),
    # When: a time that never comes, or a condition nobody can see.
    *_phrases(
        "when",
        "Skriv hur ofta: ”varje vecka”, ”två gånger i månaden”, ”varje fredag kl. 20–23”.",
        "regelbundet|regelbunden|regelbundna",
        "löpande",
        "kontinuerligt|kontinuerlig|kontinuerliga",
        "återkommande",
        "ofta|oftare",
        "fortlöpande",
        "med jämna mellanrum",
        "emellanåt|ibland",
        "vid _ tillfällen|tillfälle",
        "under frekventa|aktuella|utsatta tider",
    ),
    *_phrases(
        "when",
        "Skriv vad som utlöser det: ”när två anmälningar kommit samma vecka”. Eller lova ett minsta antal.",
        "vid behov",
        "efter behov",
        "utifrån|utefter behov",
        "när|då|om behov finns|uppstår",
        "när|då|där|om så _ behövs|krävs|lämpligt",
        "vid lämpliga|lämpligt tillfällen|tillfälle",
    ),
    *_phrases(
        "when",
        "Skriv till vilken dag: ”senast den 31 december 2026”.",
        "på sikt",
        "på lång|längre|kort sikt",
        "inom kort",
        "snarast|snarast möjligt",
        "så snart _ möjligt|kan",
        "så snabbt _ möjligt|kan",
        "i framtiden|framöver",
        "successivt|efterhand",
        "under perioden|avtalsperioden|mandatperioden",
    ),
    # Whether at all: a way out is built in.
    *_phrases(
        "what",
        "Stryk förbehållet, eller skriv vad ni gör om det inte går: ”Om patrullen uteblir tas den igen inom en vecka”.",
        "om möjligt",
        "där|när|om det _ möjligt",
        "så långt _ möjligt|kan",
        "i mån _ tid|resurser|plats",
        "i den mån",
        "utifrån|inom _ resurser|ramar|ram",
        "om|när resurser|resurserna finns|tillåter|medger",
        "om|när _ ekonomin|budgeten|läget tillåter|medger",
        "ambitionen|ambition|målsättning|målsättningen|intentionen|avsikten|inriktningen är",
        "ha|har _ ambition|ambitionen|målsättning|målsättningen|avsikt|intention",
        "avse|avser _ att",
        "försöka|försöker",
        "hoppas",
        "kan komma att",
        "bör|borde",
        "vill|önskar _ verka|öka|minska|skapa|stärka|förbättra",
        is_way_out=True,
    ),
    # Who: nobody in particular.
    *_phrases(
        "who",
        "Skriv vem: ”kommunens gatuchef”, ”områdespoliserna”.",
        "berörda|aktuella|relevanta|olika|andra parter|aktörer|verksamheter|myndigheter|förvaltningar",
        "man ska|skall|kommer|bör|kan",
        "det ska|skall|bör _ finnas|göras|genomföras",
        "ansvaret delas",
        "alla _ ansvar|hjälps",
        "tillsammans med _ aktörer|parter",
        "lämplig|lämpliga personal|aktör|aktörer|part|parter",
    ),
)
