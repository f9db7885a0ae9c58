"""What the demo municipality says. All of it is made up: Exempelby does not exist, and nobody in it does.

Each statement carries the chance that somebody in each stated opinion group agrees, and the chance that they disagree;
the rest pass. The simulated votes are drawn from these and from nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

SIMULATED = "Svaren är påhittade. De är dragna med en känd slump ur grupper som vi själva har beskrivit."


@dataclass(frozen=True)
class Chances:
    """How one group takes one statement."""

    agree: float
    disagree: float


@dataclass(frozen=True)
class Said:
    """A statement and how each group takes it. `own` marks words that come from a simulated resident."""

    text: str
    chances: tuple[Chances, ...]
    own: bool = False


def _said(text: str, *pairs: tuple[float, float], own: bool = False) -> Said:
    return Said(text, tuple(Chances(*pair) for pair in pairs), own)


# Three stated groups: those who avoid the centre at night, those who like it lively, those who work there.
CENTRE_GROUPS = (("undviker centrum på kvällen", 74), ("är ofta ute på kvällen", 66), ("arbetar i centrum", 40))
CENTRE_STATEMENTS = (
    _said("Gångvägen mellan resecentrum och Stortorget är för mörk.", (0.92, 0.03), (0.86, 0.06), (0.90, 0.04)),
    _said(
        "Jag skulle gå ut oftare på kvällen om fler vuxna rörde sig i centrum.",
        (0.84, 0.06),
        (0.71, 0.12),
        (0.73, 0.10),
    ),
    _said(
        "Jag väljer en annan väg för att slippa passera resecentrum efter klockan 21.",
        (0.88, 0.05),
        (0.18, 0.72),
        (0.52, 0.33),
    ),
    _said("Det är mest prat. Centrum i Exempelby är lugnt på kvällarna.", (0.07, 0.86), (0.74, 0.12), (0.22, 0.64)),
    _said("Polisen syns för sällan till fots på kvällarna.", (0.90, 0.03), (0.48, 0.34), (0.86, 0.05)),
    _said(
        "Ungdomar behöver ett ställe att vara på när fritidsgården har stängt.",
        (0.76, 0.10),
        (0.94, 0.02),
        (0.80, 0.08),
    ),
    _said("Ordningsvakter vid resecentrum skulle göra mig tryggare.", (0.82, 0.09), (0.17, 0.70), (0.78, 0.10)),
    _said("Fler kameror behövs på Stortorget.", (0.72, 0.13), (0.14, 0.76), (0.75, 0.12)),
    _said("Uteserveringarna borde få ha öppet längre på sommaren.", (0.21, 0.63), (0.90, 0.04), (0.49, 0.35)),
    _said("Mopeder och A-traktorer kör för fort över torget.", (0.86, 0.05), (0.38, 0.44), (0.71, 0.13)),
    _said("Det är skönt när det är mycket folk och liv på torget.", (0.46, 0.36), (0.95, 0.02), (0.79, 0.08)),
    _said("Jag vet vem jag kan ringa om något känns fel men inte är akut.", (0.18, 0.69), (0.24, 0.60), (0.41, 0.44)),
    _said("Klotter och trasiga bänkar ska åtgärdas inom en vecka.", (0.82, 0.05), (0.63, 0.12), (0.91, 0.03)),
    _said("Buskarna längs ån behöver glesas ut.", (0.85, 0.05), (0.36, 0.31), (0.60, 0.12)),
    _said("Vuxna i stan möter unga med misstro.", (0.16, 0.66), (0.83, 0.06), (0.31, 0.46)),
    _said("Bussen borde gå en timme längre på fredagar och lördagar.", (0.66, 0.12), (0.93, 0.02), (0.72, 0.08)),
    _said(
        "Jag har sett öppen försäljning av narkotika vid resecentrum det senaste året.",
        (0.46, 0.31),
        (0.41, 0.42),
        (0.74, 0.11),
    ),
    _said("Trygghetsvandringar leder sällan till något.", (0.43, 0.22), (0.34, 0.20), (0.38, 0.34)),
    _said("Jag vill veta vad som har hänt sedan förra gången ni frågade.", (0.93, 0.01), (0.86, 0.03), (0.92, 0.02)),
    _said(
        "Det känns tomt när affärerna har stängt. Något borde vara öppet på kvällen.",
        (0.78, 0.07),
        (0.80, 0.07),
        (0.70, 0.13),
        own=True,
    ),
    _said(
        "Lamporna i tunneln under järnvägen har varit trasiga hela vintern.",
        (0.88, 0.03),
        (0.84, 0.05),
        (0.87, 0.04),
        own=True,
    ),
    _said(
        "Hunden behöver gå ut även på kvällen, så jag kan inte bara stanna hemma.",
        (0.66, 0.10),
        (0.45, 0.20),
        (0.30, 0.22),
        own=True,
    ),
)
DECLINED = "Hyresvärden på torget borde skämmas för hur det ser ut."

SCHOOL_GROUPS = (("går eller cyklar", 22), ("skjutsar med bil", 16))
SCHOOL_STATEMENTS = (
    _said("Bilarna kör för fort utanför skolan på morgonen.", (0.94, 0.02), (0.70, 0.15)),
    _said("Det borde vara förbjudet att släppa av barn precis vid skolgrinden.", (0.84, 0.08), (0.22, 0.66)),
    _said("Mitt barn vågar inte cykla till skolan.", (0.36, 0.52), (0.78, 0.11)),
    _said("Övergången vid Skolgatan behöver ett farthinder.", (0.90, 0.03), (0.62, 0.20)),
    _said("En vandrande skolbuss vore en bra lösning för oss.", (0.72, 0.10), (0.48, 0.28)),
    _said("Det är för mörkt på cykelvägen genom skogen.", (0.88, 0.04), (0.86, 0.04)),
    _said("Polisen borde mäta farten vid skolan oftare.", (0.82, 0.07), (0.58, 0.22)),
    _said("Vi har inget annat val än att köra.", (0.08, 0.82), (0.80, 0.08)),
    _said("Snöröjningen på gångvägarna sköts bra.", (0.20, 0.68), (0.30, 0.42)),
    _said("Vuxna som står vid övergången på morgonen gör skillnad.", (0.86, 0.04), (0.75, 0.08)),
    _said("Barnen själva borde få säga var det känns otryggt.", (0.93, 0.02), (0.88, 0.03)),
    _said("Mopeder på gångvägen är ett större problem än bilarna.", (0.44, 0.38), (0.40, 0.36)),
)

CENTRE_DIALOGUE = {
    "title": "Trygg i centrum",
    "question": "Vad behövs för att du ska känna dig trygg i centrum på kvällen?",
    "purpose": "Kommunen och polisen ska skriva ett nytt medborgarlöfte. Vi vill först förstå vad ni som bor och rör er här behöver.",
    "can_influence": "Vilka problem vi tar oss an först, var vi är på plats, vilka tider och vad vi gör i den fysiska miljön.",
    "cannot_influence": "Enskilda polisärenden, hur domstolar dömer och hur många poliser regionen får.",
    "what_happens": "Vi sammanställer svaren, visar dem här och skriver en gemensam problembild. Sedan lovar vi åtgärder och svarar er.",
    "legal_basis": "Uppgift av allmänt intresse: lag (2023:196) om kommuners ansvar för brottsförebyggande arbete",
}
SCHOOL_DIALOGUE = {
    "title": "Tryggare väg till skolan",
    "question": "Hur är vägen till Åskolan, och vad skulle göra den tryggare?",
    "purpose": "Flera föräldrar har hört av sig om trafiken vid Åskolan. Vi vill veta hur fler ser på det innan vi bestämmer vad som ska göras.",
    "can_influence": "Övergångar, farthinder, belysning, var bilar får stanna och när vi är på plats.",
    "cannot_influence": "Var skolan ligger och vilka elever som har rätt till skolskjuts.",
    "what_happens": "Resultatet visas här. Kommunen och polisen tar upp det i nästa problembild och svarar alla som har varit med.",
    "legal_basis": "Uppgift av allmänt intresse: lag (2023:196) om kommuners ansvar för brottsförebyggande arbete",
}

# Each finding names the numbers of the statements that it rests on.
FINDINGS = (
    (
        "Nästan alla är överens om att gångvägen mellan resecentrum och Stortorget är för mörk, och att trasiga lampor blir kvar för länge.",
        (1, 21),
    ),
    (
        "Många vill att fler vuxna och fler poliser till fots rör sig i centrum på kvällen. Då skulle fler gå ut.",
        (2, 5),
    ),
    ("Unga saknar en plats när fritidsgården stänger. Också de som undviker centrum ser det behovet.", (6, 20)),
    (
        "Åsikterna går isär om kameror och ordningsvakter. De som ofta är ute på kvällen vill inte ha dem, de andra vill.",
        (7, 8),
    ),
    ("Nästan alla vill få veta vad som har hänt sedan sist.", (19,)),
)
NEEDS = (
    ("Att kunna gå mellan resecentrum och Stortorget på kvällen med god sikt och andra vuxna i närheten.", (0, 1)),
    ("Att unga har någonstans att vara på kvällarna i helgen.", (2,)),
)
AGREEMENT = {
    "title": "Samverkansöverenskommelse för Exempelby",
    "purpose": "Kommunen och polisen arbetar tillsammans för att förebygga brott och öka tryggheten i Exempelby. Vi utgår från det som de som bor här berättar och från en gemensam problembild.",
    "area": "Hela Exempelby kommun.",
    "focus": "Trygghet i centrum på kvällar och helger\nTrafiken vid skolorna\nUnga som riskerar att dras in i brott",
    "steering_members": "Kommunstyrelsens ordförande, kommundirektören och lokalpolisområdeschefen",
    "steering_meets": "fyra gånger om året",
    "working_members": "Trygghetssamordnaren, kommunpolisen, fältgruppen och gatuchefen",
    "working_meets": "varannan vecka",
    "followup": "Arbetsgruppen går igenom läget varje kvartal. Styrgruppen följer upp hela överenskommelsen varje höst och redovisar för kommunfullmäktige.",
    "contacts": "Kommunens trygghetssamordnare\nKommunpolisen i lokalpolisområde Exempelby",
}
AGREEMENT_COMMENT = "Bra. Vi vill att trafiken vid skolorna är ett eget fokusområde."
PICTURE = {
    "title": "Gemensam problembild för Exempelby centrum",
    "summary": "Centrum är lugnt på dagen. På kvällen, mest fredag och lördag, undviker många sträckan mellan resecentrum och Stortorget.",
}
PROBLEM = {
    "title": "Otrygg sträcka mellan resecentrum och Stortorget",
    "what": "Många undviker sträckan på kvällen. Den är mörk, folktom efter stängning och har dålig sikt längs ån.",
    "where": "gångvägen mellan resecentrum och Stortorget, med tunneln under järnvägen",
    "when": "kvällar efter klockan 19, mest fredag och lördag",
    "for_whom": "mest kvinnor och äldre, men också unga på väg hem",
    "extent": "I enkäten före löftet var 46 av 100 otrygga i centrum sena kvällar, eller gick inte ut alls.",
    "causes": "Dålig belysning, få vuxna på plats, inget öppet efter klockan 20 och ingen mötesplats för unga på lördagar.",
}
PROMISE = {
    "title": "Lugnare kvällar i centrum",
    "summary": "Vi gör sträckan mellan resecentrum och Stortorget ljusare, är på plats på kvällarna och öppnar en mötesplats för unga.",
    "followup": "Vi rapporterar varje kvartal här på sidan. Samma enkätfråga ställs till ett nytt slumpvis urval efter ett halvår och när löftet är slut. Resultatet tas upp i kommunstyrelsen.",
}
SERIES = {
    "title": "Otrygga i centrum sena kvällar",
    "measures": "Andelen som svarar ”ganska otrygg”, ”mycket otrygg” eller ”går inte ut” på frågan hur trygg man känner sig ensam ute i centrum en sen kväll.",
    "does_not_measure": "Hur många brott som begås. Ett litet urval visar bara stora förändringar.",
    "unit": "procent",
    "source": "Kommunens egen enkät till ett slumpvis urval (påhittade siffror)",
}
TARGET_METHOD = "Samma fråga, nytt slumpvis urval av 600 invånare 16–84 år, andel med 95 procents konfidensintervall."

FEEDBACK = "Tack till alla som var med i dialogen. Här svarar vi på det vi hörde, ett i taget. Vi säger också vad vi inte gör, och varför."
# One for each finding: outcome, answer, and whether it names the promise.
RESPONSES = (
    (
        "promised",
        "Vi byter belysningen på hela gångvägen och i tunneln. Trasiga lampor ska lagas inom fem arbetsdagar.",
        True,
    ),
    (
        "promised",
        "Polisen går fotpatrull minst två pass i veckan. Kommunens fältassistenter är ute varje fredagskväll.",
        True,
    ),
    ("promised", "Ungdomens hus öppnar också på lördagskvällar.", True),
    (
        "not_done",
        "Vi ansöker inte om kameror i år. Åsikterna går isär, och belysning och närvaro ska få verka först. Vi frågar igen när löftet är slut.",
        False,
    ),
    ("done", "Den här sidan är svaret. Varje kvartal skriver vi vad som är gjort, också det som är försenat.", False),
)

# Each measure: who is responsible, and the words. The youth centre is the late one: nobody reports on it.
MEASURES: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "patrol": (
        ("police",),
        {
            "text": "Fotpatrull mellan resecentrum och Stortorget",
            "amount": Decimal(2),
            "unit": "pass",
            "per": "week",
            "aggregation": "at_least",
            "where": "resecentrum, gångvägen och Stortorget",
            "when": "fredag och lördag klockan 19–01",
        },
    ),
    "light": (
        ("town",),
        {
            "text": "Byta belysningen längs gångvägen och i tunneln",
            "deliverable": "40 nya armaturer tända",
            "where": "gångvägen och tunneln under järnvägen",
            "when": "klart inom fem månader",
        },
    ),
    "field": (
        ("town",),
        {
            "text": "Fältassistenter ute i centrum",
            "amount": Decimal(1),
            "unit": "kvällspass",
            "per": "week",
            "aggregation": "at_least",
            "where": "Stortorget och ån",
            "when": "fredagar klockan 18–23",
        },
    ),
    "walk": (
        ("town", "police"),
        {
            "text": "Trygghetsvandring med invånare, där varje brist får ett svarsdatum",
            "amount": Decimal(2),
            "unit": "vandringar",
            "per": "whole",
            "aggregation": "total",
            "where": "sträckan mellan resecentrum och Stortorget",
        },
    ),
    "youth": (
        ("town",),
        {
            "text": "Öppna Ungdomens hus också på lördagar",
            "amount": Decimal(3),
            "unit": "lördagskvällar",
            "per": "month",
            "aggregation": "at_least",
            "where": "Ungdomens hus",
            "when": "lördagar klockan 18–23",
        },
    ),
}
# Each report: the measure, which quarter of the promise, and what is told, in the order they came.
REPORTS: tuple[tuple[str, int, dict[str, Any]], ...] = (
    ("patrol", 0, {"amount": Decimal(27), "note": "Ett pass ställdes in på grund av en annan händelse."}),
    ("light", 0, {"delivered": False, "note": "Upphandlingen är klar. Arbetet börjar i nästa period."}),
    ("field", 0, {"amount": Decimal(13)}),
    ("walk", 0, {"amount": Decimal(1), "note": "14 deltagare, 9 brister. Alla har fått svarsdatum."}),
    ("patrol", 1, {"amount": Decimal(24), "hours": Decimal(288)}),
    ("light", 1, {"delivered": True, "note": "Alla 40 armaturer är tända."}),
    ("field", 1, {"amount": Decimal(12)}),
    ("walk", 1, {"amount": Decimal(0)}),
)
