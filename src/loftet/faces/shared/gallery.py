"""Made-up examples of everything, for the component gallery. The names of places are real, all else is invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import forms
from django.core.paginator import Paginator

from loftet.faces.shared import icons, statuses
from loftet.faces.shared.chain import ChainStep
from loftet.faces.shared.charts import MapPoint, Point, done_bar, interval, opinion_map, series_chart
from loftet.faces.shared.forms import PlainForm
from loftet.faces.shared.receipt import (
    Answer,
    Band,
    MeasureLine,
    ProblemPart,
    Receipt,
    SignatureLine,
    Source,
    TargetLine,
    Voices,
)
from loftet.faces.shared.wording import Change, Line

WORDS_FOR_FAMILIES = {
    "measure": "Gjorde vi det? (åtgärder)",
    "target": "Hjälpte det? (mål)",
    "document": "Dokument som undertecknas",
    "paper": "Papper som är påskrivna för hand",
    "dialogue": "Dialoger",
    "voice": "Synpunkter",
    "run": "Analyser",
    "response": "Svar på det vi hörde",
    "place": "Kommuner",
    "label": "Löftets namn",
}


class ExampleForm(PlainForm):
    """One field of each kind."""

    title = forms.CharField(label="Rubrik", max_length=120, help_text="Kort och konkret, som i en tidning.")
    what = forms.CharField(label="Vad är problemet?", widget=forms.Textarea(attrs={"rows": 4}))
    amount = forms.DecimalField(label="Antal", required=False, localize=True)
    starts = forms.DateField(
        label="Från och med", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    per = forms.ChoiceField(label="Per", choices=[("week", "vecka"), ("month", "månad"), ("year", "år")])
    who = forms.MultipleChoiceField(
        label="Vem ansvarar?",
        choices=[("k", "Mora kommun"), ("p", "Polisen i norra Dalarna"), ("b", "Morabostäder")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Minst en.",
    )
    kind = forms.ChoiceField(
        label="Vem bestämmer?",
        choices=[("do", "Vi gör det"), ("work_for", "Vi arbetar för det, någon annan beslutar")],
        widget=forms.RadioSelect,
    )
    known = forms.BooleanField(label="Texten är läst av båda parter")


def context() -> dict:
    """Everything that the gallery shows."""
    return {
        "families": [(WORDS_FOR_FAMILIES[name], name, list(family)) for name, family in statuses.FAMILIES.items()],
        "icons": sorted(icons.SHAPES),
        "buttons": [("", "Huvudknapp"), ("quiet", "Annan knapp"), ("danger", "Tar bort"), ("plain", "Som en länk")],
        "form": ExampleForm(),
        "form_with_errors": ExampleForm({"fel-title": "", "fel-amount": "många", "fel-per": "week"}, prefix="fel"),
        "facts": [
            ("Frågar", "Mora kommun och polisen"),
            ("Öppen", "1–30 september 2026"),
            ("Tar ungefär", "4 minuter"),
        ],
        "page": Paginator(range(95), 20).page(2),
        "chain": _chain(),
        "changes": [
            Change("removed", Line("Åtgärd", "Fotpatrull på torget; minst 1 pass i veckan")),
            Change("added", Line("Åtgärd", "Fotpatrull på torget; minst 2 pass i veckan")),
        ],
        "steps": [
            {"label": "Dialoger", "url": "/om/komponenter/#kedjan", "current": True, "note": "1 öppen"},
            {"label": "Problembild", "url": "/om/komponenter/#kedjan", "current": False, "note": ""},
            {"label": "Medborgarlöften", "url": "/om/komponenter/#kedjan", "current": False, "note": "1 utkast"},
        ],
        "bars": _bars(),
        "interval": interval(
            34, 29, 39, "%", key="intervall", title="Känner sig otrygga vid resecentrum på kvällen", n=412
        ),
        "series": _series("serie"),
        "series_empty": _series_before_the_first_measurement(),
        "map": _map(),
        "receipt": sharp_receipt(),
        "ambition": ambition_receipt(),
    }


def _bars() -> list:
    return [
        done_bar(18, 52, "fotpatruller", key="stapel-1", expected_so_far=17, title="Enligt planen"),
        done_bar(9, 52, "fotpatruller", key="stapel-2", expected_so_far=26, title="Efter planen"),
        done_bar(9, 52, "fotpatruller", key="stapel-3", expected_so_far=26, late=True, title="Rapporten är sen"),
        done_bar(14, 12, "vandringar", key="stapel-4", expected_so_far=12, title="Mer än lovat"),
        done_bar(0, 4, "möten", key="stapel-5", title="Inget än"),
    ]


def _series(key: str):
    values = [("2022", 36, 31, 41), ("2023", 38, 33, 43), ("2024", 37, 32, 42), ("2025", 33, 29, 37)]
    return series_chart(
        [Point(period, *(Decimal(n) for n in numbers)) for period, *numbers in values],
        baseline=Decimal(38),
        target=Decimal(30),
        due=date(2026, 12, 31),
        unit="%",
        title="Känner sig otrygga i centrum på kvällen",
        good="down",
        key=key,
    )


def _series_before_the_first_measurement():
    return series_chart(
        [],
        baseline=Decimal(124),
        target=Decimal(90),
        due=date(2026, 12, 31),
        unit="anmälda brott",
        title="Anmälda stölder av cyklar",
        good="down",
        key="serie-tom",
    )


def _map():
    spots = [(-3, 1, 31, "A"), (-2.2, 0.2, 18, "A"), (-2.6, 2, 9, "A"), (2.4, 1.5, 26, "B"), (3.2, 0.8, 12, "B")]
    spots += [(1.8, 2.2, 7, "B"), (0.4, -2.2, 15, "C"), (1.1, -1.7, 6, "C")]
    return opinion_map([MapPoint(*spot) for spot in spots], key="karta")


def _chain() -> list[ChainStep]:
    return [
        ChainStep("Det ni sa", "”Lamporna vid gångtunneln är trasiga”", note="och 40 synpunkter till"),
        ChainStep("Det vi hörde", "Många undviker gångtunneln efter mörkrets inbrott.", "/om/komponenter/#kedjan"),
        ChainStep("Behov", "Kunna gå mellan stationen och torget på kvällen.", "/om/komponenter/#kedjan"),
        ChainStep("Problem", "Otrygghet vid resecentrum, fredag och lördag kväll", "/om/komponenter/#kedjan"),
        ChainStep("Medborgarlöfte", "Lugnare kvällar i centrum", "/om/komponenter/#kedjan", "januari–december 2026"),
        ChainStep("Resultat", "Inget är mätt än.", is_gap=True),
        ChainStep("Svar till er", "Svaret skulle ha kommit senast 1 november 2026.", is_gap=True),
    ]


def _measures() -> tuple[MeasureLine, ...]:
    police, municipality = "Polisen i norra Dalarna", "Mora kommun"
    return (
        MeasureLine(
            text="Polisen går till fots på torget och vid resecentrum",
            amount="minst 2 pass i veckan",
            who=police,
            when="fredag och lördag kl. 20–02",
            status="running",
            source=Source("Polisens rapport", "3 oktober 2026"),
            bar=done_bar(81, 104, "pass", key="kvitto-1", expected_so_far=79),
        ),
        MeasureLine(
            text="Trygghetsvandring med boende, båda parter och fastighetsägare",
            amount="totalt 4",
            who=f"{municipality} och {police}",
            when="mars–november",
            status="overdue",
            source=Source("Kommunens rapport", "2 juli 2026"),
            bar=done_bar(2, 4, "vandringar", key="kvitto-2", expected_so_far=3, late=True),
        ),
        MeasureLine(
            text="Ny belysning i gångtunneln",
            amount="på plats senast 30 september",
            who=municipality,
            where="Vasagatan",
            status="done",
            why="Ansvarig har rapporterat att det är på plats.",
            source=Source("Kommunens rapport", "18 augusti 2026"),
        ),
    )


def sharp_receipt() -> Receipt:
    """A sharp promise, half a year in."""
    return Receipt(
        band=Band("Mora kommun", "2026"),
        title="Lugnare kvällar i centrum",
        summary="Fler ska kunna gå genom centrum på kvällen utan att känna sig otrygga.",
        label="sharp",
        problem=ProblemPart(
            what="Många undviker resecentrum och gångtunneln på helgkvällar. De möter fulla grupper, och det är mörkt.",
            where="Resecentrum, torget och gångtunneln vid Vasagatan",
            when="Fredag och lördag efter kl. 20",
            for_whom="Unga och de som går till och från tåget",
            sources=(
                Source("Dialogen Trygg i centrum", "30 september 2025", "/om/komponenter/#kvittot"),
                Source("Kommunens trygghetsmätning", "november 2025"),
            ),
        ),
        measures=_measures(),
        followup="Vi berättar varje kvartal vad som är gjort. Mätningen görs om i november 2026.",
        targets=(
            TargetLine(
                title="Känner sig otrygga i centrum på kvällen",
                baseline="38 % (2023)",
                goal="högst 30 % i december 2026",
                source="Kommunens trygghetsmätning",
                status="too_early",
                why="Målet ska vara nått senast 31 december 2026.",
                chart=_series("kvitto-serie"),
            ),
        ),
        did_we="En åtgärd är gjord och en pågår. För en är rapporten sen.",
        did_it_help="För tidigt att säga. Målet ska vara nått senast 31 december 2026.",
        voices=Voices(
            parties=Answer("Belysningen är klar och passen går som planerat.", Source("Rapport", "3 oktober 2026")),
            residents=Answer(
                "Ungefär 4 av 10 märker skillnad, 86 svar.", Source("Märker du skillnad?", "september 2026")
            ),
        ),
        signatures=(
            SignatureLine("Mora kommun", "Anna Exempel", "kommunstyrelsens ordförande", "12 december 2025"),
            SignatureLine("Polisen i norra Dalarna", "Per Exempel", "chef för lokalpolisområdet", "15 december 2025"),
        ),
        register_code="nr 12 · 7k3f 9xq2",
        register_url="/om/komponenter/#kvittot",
        versions="Version 2 av 2",
        versions_url="/om/komponenter/#kvittot",
        heard="Bygger på 41 synpunkter",
        chain_url="/om/komponenter/#kedjan",
        simulated="Löftet, namnen och talen är påhittade.",
        address="loftet.example/mora/medborgarloften/lugnare-kvallar-2026/",
        heading_level=2,
    )


def ambition_receipt() -> Receipt:
    """An ambition with one signature, to show what is missing and what waits."""
    return Receipt(
        band=Band("Älvdalens kommun", "2026–2027"),
        title="Tryggare skolvägar",
        label="ambition",
        missing=(
            "”Vara mer synliga vid skolorna”: skriv hur mycket eller vad som ska finnas på plats.",
            "Det saknas ett mål för effekten.",
        ),
        problem=ProblemPart(what="Bilar kör för fort förbi skolorna på morgonen.", where="Älvdalens tätort"),
        measures=(
            MeasureLine(
                text="Vara mer synliga vid skolorna",
                amount="mängden är inte angiven",
                who="Polisen i norra Dalarna",
                status="upcoming",
                why="Åtgärden har inte börjat.",
            ),
            MeasureLine(
                text="Sänkt hastighet på Dalgatan",
                amount="klart senast 1 juni 2027",
                who="Älvdalens kommun",
                depends_on="Trafikverket",
                status="upcoming",
                why="Åtgärden har inte börjat.",
            ),
        ),
        no_target_reason="Vi kan inte mäta effekten här. I stället följer vi hur många som cyklar till skolan.",
        voices=Voices(),
        signatures=(
            SignatureLine(
                "Älvdalens kommun", "Eva Exempel", "kommunstyrelsens ordförande", "4 maj 2026", "Undertecknat på papper"
            ),
            SignatureLine("Polisen i norra Dalarna", role="chef för lokalpolisområdet"),
        ),
        simulated="Löftet, namnen och talen är påhittade.",
        heading_level=2,
        key="kvitto-ambition",
    )
