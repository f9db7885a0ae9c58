"""Reshape the collected place files into the data that Löftet carries with it.

    python scripts/places_data.py SOURCE_FOLDER

SOURCE_FOLDER holds the files named in `SOURCES`; where each came from stands in the README beside the result. The same
source gives the same bytes. Needs shapely 2.2 or newer (the platform itself is content with 2.1).
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable
from pathlib import Path

import shapely

from loftet.domain.places import geometry
from loftet.faces.public.places import drawing

ROOT = Path(__file__).resolve().parents[1] / "src" / "loftet"
DATA = ROOT / "domain" / "places" / "data"
OUTLINES = ROOT / "faces" / "public" / "places" / "outlines.json"
SOURCES = [
    "kommuner.csv",
    "lan.csv",
    "polisomraden.csv",
    "kommun_polis.csv",
    "kommun_polis_kallor.csv",
    "folkmangd_2019_kommun_kon_5ar.csv",
    "orter_geonames.csv",
    "kommuner.geojson",
]
PROVENANCE = {"källbelagd": "sourced", "län-regel": "county_rule", "bedömning": "judged", "namnregel": "name_rule"}
# File names in other people's archives say little to a reader; the same sources in words.
SOURCE_IN_WORDS = {
    "A": "Uppgift från Polisregion Öst, utlämnad 2025 (i arkivet jacobgra/police_reduction)",
    "B": "Polisens uppgifter om brottsplats per lokalpolisområde 2022–2025 (i arkivet Region-Dalarna/brott)",
    "K": "Text om Södra Roslagens kommuner på polisen.se, ur webbarkiv",
    "M": "Brå 2015-02-12, om länen i varje polisregion",
    "N": "polisen.se 2017 och Kristianstadsbladet, om Region Syds polisområden från september 2018",
    "O": "orebronyheter.com 2018-04-09, om polisområdena Dalarna, Värmland och Örebro",
    "P": "stromstad.se, om Fyrbodals polisområdeschef",
}
SHARED_DISTRICT = "flera (City, Nord, Syd)"
SHARED_NOTE = "Kommunen delas mellan polisområdena Stockholm City, Stockholm Nord och Stockholm Syd."
MAP_WIDTH, MAP_HEIGHT = 460, 1000
MAP_TOLERANCE_KM = 4.0


def main() -> None:
    """Read the source folder, write the data and say how much there was."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    source = Path(sys.argv[1])
    missing = [name for name in SOURCES if not (source / name).exists()]
    if missing:
        sys.exit(f"Saknas i {source}: {', '.join(missing)}")
    DATA.mkdir(parents=True, exist_ok=True)
    municipalities = rows(source / "kommuner.csv")
    write_areas(source)
    write_municipalities(source, municipalities)
    write_local_areas(source)
    write_population(source, municipalities)
    write_localities(source)
    shapes = clean_shapes(source)
    write_boundaries(shapes, municipalities)
    write_outlines(shapes)


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str, header: list[str], lines: Iterable[Iterable[object]]) -> None:
    """Write one CSV file and say how long it became."""
    written = list(lines)
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(written)
    print(f"{name}: {len(written)}")


def write_areas(source: Path) -> None:
    """Counties with their police region, and the police districts."""
    counties = rows(source / "lan.csv")
    write(
        "counties.csv", ["code", "name", "region"], ([c["lan_kod"], c["lan_namn"], c["polisregion"]] for c in counties)
    )
    districts = sorted((d["polisregion"], d["polisomrade"]) for d in rows(source / "polisomraden.csv"))
    write("police_districts.csv", ["region", "name"], districts)


def write_municipalities(source: Path, municipalities: list[dict[str, str]]) -> None:
    """Municipalities with county, group, middle point and police district, and how the district is known."""
    police = {row["kommun_kod"]: row for row in rows(source / "kommun_polis.csv")}
    names = sources_in_words(source)
    lines = []
    for m in municipalities:
        link = police[m["kommun_kod"]]
        status, _, remark = link["po_status"].partition(" (")
        shared = link["polisomrade"] == SHARED_DISTRICT
        note = SHARED_NOTE if shared else only_a_number(remark)
        lines.append(
            [
                m["kommun_kod"],
                m["kommun_namn"],
                m["lan_kod"],
                m["skr_gruppkod_2023"],
                m["skr_kommungrupp_2023"],
                m["lat"],
                m["lon"],
                "" if shared else link["polisomrade"],
                PROVENANCE[status],
                names[link["po_kalla"]],
                note,
            ]
        )
    header = ["code", "name", "county", "skr_group", "skr_group_name", "latitude", "longitude"]
    write("municipalities.csv", [*header, "police_district", "provenance", "source", "note"], lines)


def only_a_number(remark: str) -> str:
    """What a remark like ”14 kommuner stämmer med källans antal)” means to a reader."""
    number = remark.partition(" ")[0]
    return f"Källan säger bara hur många kommuner området har: {number}." if number else ""


def write_local_areas(source: Path) -> None:
    """Local police areas, one line for each municipality that is known to belong to one."""
    names = sources_in_words(source)
    lines = sorted(
        [
            row["polisregion"],
            row["polisomrade"],
            row["lokalpolisomrade"],
            row["kommun_kod"],
            PROVENANCE[row["lpo_status"]],
            names[row["lpo_kalla"]],
        ]
        for row in rows(source / "kommun_polis.csv")
        if row["lokalpolisomrade"]
    )
    write("local_police_areas.csv", ["region", "district", "name", "municipality", "provenance", "source"], lines)


def sources_in_words(source: Path) -> dict[str, str]:
    """The letter of a source to its sentence; a dash is no source at all."""
    found = {row["kod"]: row["kalla"] for row in rows(source / "kommun_polis_kallor.csv")}
    told = {letter: text.replace("«", "”").replace("»", "”") for letter, text in found.items()}
    return {**told, **SOURCE_IN_WORDS, "-": ""}


def write_population(source: Path, municipalities: list[dict[str, str]]) -> None:
    """Totals of the latest two years, and sex by five-year age group for 2019."""
    lines = [[m["kommun_kod"], year, m[f"folkmangd_{year}"]] for m in municipalities for year in ("2024", "2025")]
    write("population_totals.csv", ["municipality", "year", "count"], lines)
    table = rows(source / "folkmangd_2019_kommun_kon_5ar.csv")
    groups = [key for key in table[0] if key.startswith("a_")]
    header = ["municipality", "sex", *map(age_group, groups)]
    sexes = {"K": "women", "M": "men"}
    write(
        "population_2019.csv",
        header,
        ([row["kommun_kod"], sexes[row["kon"]], *(row[group] for group in groups)] for row in table),
    )


def age_group(column: str) -> str:
    """`a_05_09` becomes `5-9`, `a_85_plus` becomes `85+`."""
    low, high = column.removeprefix("a_").split("_")
    return f"{int(low)}+" if high == "plus" else f"{int(low)}-{int(high)}"


def write_localities(source: Path) -> None:
    """Towns and villages. A digit at the end of a name is a slip in the source (”Tollarp1”)."""
    lines = (
        [row["geonameid"], row["kommun_kod"], row["namn"].rstrip("0123456789"), row["lat"], row["lon"]]
        for row in rows(source / "orter_geonames.csv")
    )
    write("localities.csv", ["source_id", "municipality", "name", "latitude", "longitude"], lines)


def clean_shapes(source: Path) -> dict[str, shapely.Geometry]:
    """Municipal boundaries as a coverage: two pairs of neighbours in the source overlap by a few metres."""
    features = json.loads((source / "kommuner.geojson").read_text(encoding="utf-8"))["features"]
    codes = [feature["properties"]["kommun_kod"] for feature in features]
    cleaned = shapely.coverage_clean([geometry.as_shape(feature["geometry"]) for feature in features])
    rounded = shapely.coverage_clean(shapely.set_precision(cleaned, 0.0001))
    if not shapely.coverage_is_valid(rounded):
        sys.exit("Gränserna går inte ihop: grannar delar inte samma linje.")
    return dict(zip(codes, rounded, strict=True))


def write_boundaries(shapes: dict[str, shapely.Geometry], municipalities: list[dict[str, str]]) -> None:
    """Boundaries as GeoJSON geometries, one a line; counties and regions are joined from the same municipalities."""
    lines = {f"municipality:{code}": shape for code, shape in shapes.items()}
    for kind, column in (("county", "lan_kod"), ("region", "polisregion")):
        for area in sorted({m[column] for m in municipalities}):
            parts = [shapes[m["kommun_kod"]] for m in municipalities if m[column] == area]
            lines[f"{kind}:{area}"] = shapely.coverage_union_all(parts)
    body = ",\n".join(
        f"{json.dumps(key, ensure_ascii=False)}:{json.dumps(geometry.as_geojson(shape), separators=(',', ':'))}"
        for key, shape in lines.items()
    )
    (DATA / "boundaries.json").write_text("{\n" + body + "\n}\n", encoding="utf-8")
    print(f"boundaries.json: {len(lines)}")


def write_outlines(shapes: dict[str, shapely.Geometry]) -> None:
    """The small map of Sweden, drawn once: a path for each municipality and each county on one grid."""
    plane = [geometry.to_plane(shape) for shape in shapes.values()]
    simple = geometry.simplify_together(plane, MAP_TOLERANCE_KM)
    frame = drawing.frame_around(plane, width=MAP_WIDTH, height=MAP_HEIGHT)
    paths = {code: drawing.path_of(shape, frame) for code, shape in zip(shapes, simple, strict=True)}
    empty = [code for code, path in paths.items() if not path]
    if empty:
        sys.exit(f"För små för kartans rutnät: {', '.join(empty)}")
    counties = {}
    for code in sorted({code[:2] for code in shapes}):
        parts = [shape for key, shape in zip(shapes, simple, strict=True) if key[:2] == code]
        counties[code] = drawing.path_of(shapely.coverage_union_all(parts), frame)
    drawn = {"width": frame.width, "height": frame.height, "counties": counties, "municipalities": paths}
    OUTLINES.write_text(json.dumps(drawn, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"outlines.json: {len(paths)} + {len(counties)}")


if __name__ == "__main__":
    main()
