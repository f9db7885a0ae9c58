"""Opinion groups from files, and what they say in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from loftet.analysis.opinion import analyse_opinions
from loftet.analysis.opinion_result import Diagnostics, OpinionResult
from loftet.analysis.statements import DivisiveStatement, GroupProfile, Representative, SharedStatement
from loftet.analysis.votes import Id, Statement, VoteMatrix
from loftet.commands.votefiles import read_statements, read_votes
from loftet.commands.words import say

Progress = Callable[[str, int, int], None]
_LONGEST_TEXT = 160


def analyse_files(
    votes_path: Path | str, statements_path: Path | str | None, *, progress: Progress | None = None
) -> tuple[OpinionResult, tuple[Statement, ...]]:
    """Read a vote file, and a statement file if there is one, and find the opinion groups.

    progress: called with what has been done in a word, how many steps are done and how many there are. Without a
    statement file no statement is moderated out or about the person, and the statements have no text.
    Raises FileFault when a file cannot be used.
    """
    words = {
        "read": say("läser filerna", "reading the files"),
        "axes": say("räknar ut axlarna", "finding the axes"),
        "association": say("jämför med slumpen", "comparing with chance"),
        "groups": say("letar efter grupper", "looking for groups"),
        "stability": say("prövar grupperna på delar av deltagarna", "seeking the groups in parts of the participants"),
        "statements": say("väljer påståenden", "choosing statements"),
    }

    def tell(step: str, done: int, total: int) -> None:
        if progress is not None:
            progress(words[step], done, total)

    rows = read_votes(votes_path)
    statements: tuple[Statement, ...] = ()
    if statements_path is not None:
        statements = read_statements(statements_path)
        rows.check_statements((str(s.id) for s in statements), Path(statements_path))
    tell("read", 1, 6)
    votes = VoteMatrix.from_arrays(rows.participants, rows.statements, rows.votes, rows.times)
    result = analyse_opinions(
        votes, statements=statements, progress=lambda step, done, total: tell(step, done + 1, total + 1)
    )
    return result, statements or tuple(Statement(name) for name in votes.statements)


def summary_lines(result: OpinionResult, statements: Sequence[Statement], language: str) -> list[str]:
    """The result in plain words, line by line: Swedish for "sv", English for any other language.

    Counts are exact and nothing is held back: this is for those who have the votes, not for publishing.
    """
    return _Summary(statements, language).lines(result)


class _Summary:
    def __init__(self, statements: Sequence[Statement], language: str) -> None:
        self.texts: Mapping[Id, str] = {s.id: s.text for s in statements}
        self.swedish = language == "sv"

    def say(self, swedish: str, english: str) -> str:
        return swedish if self.swedish else english

    def lines(self, result: OpinionResult) -> list[str]:
        found = result.diagnostics
        lines = [self.counts(found), *self.left_out(found), "", self.outcome(result)]
        if result.groups:
            for group in result.groups:
                lines += [
                    "",
                    self.group_head(group, found),
                    *self.bullets(map(self.representative, group.representative)),
                ]
        lines += self.shared_by(result)
        if result.groups:
            title = self.say("Det som skiljer", "What divides")
            lines += ["", title, *self.bullets(self.divisive(s) for s in result.divisive)]
        return lines

    def shared_by(self, result: OpinionResult) -> list[str]:
        agreed = [self.shared(s) for s in result.consensus if s.direction == "agree"]
        refused = [self.shared(s) for s in result.consensus if s.direction == "disagree"]
        if result.groups:
            titles = (
                self.say("Det alla håller med om", "What all agree with"),
                self.say("Det ingen grupp håller med om", "What no group agrees with"),
            )
        else:
            titles = (
                self.say("Det de flesta håller med om", "What most agree with"),
                self.say("Det de flesta inte håller med om", "What most disagree with"),
            )
        lines = ["", titles[0], *self.bullets(agreed)]
        return [*lines, "", titles[1], *self.bullets(refused)] if refused else lines

    def counts(self, found: Diagnostics) -> str:
        people = self.number(found.n_participants, ("deltagare", "deltagare"), ("participant", "participants"))
        statements = self.number(found.n_statements, ("påstående", "påståenden"), ("statement", "statements"))
        votes = self.number(found.n_votes, ("svar", "svar"), ("vote", "votes"))
        return self.say(f"{people}, {statements} och {votes}.", f"{people}, {statements} and {votes}.")

    def left_out(self, found: Diagnostics) -> list[str]:
        lines = []
        if found.n_moderated_out or found.n_meta:
            out, meta = found.n_moderated_out, found.n_meta
            lines.append(
                self.say(
                    f"Påståenden som inte räknas: {out} borttagna av moderator, {meta} om deltagarna.",
                    f"Statements not counted: {out} taken away by a moderator, {meta} about the participants.",
                )
            )
        if not_placed := found.n_participants - found.n_placed:
            people = self.number(not_placed, ("deltagare", "deltagare"), ("participant", "participants"))
            lines.append(
                self.say(
                    f"{people} har svarat på för få påståenden för att höra till en grupp.",
                    f"{people} answered too few statements to belong to a group.",
                )
            )
        return lines

    def outcome(self, result: OpinionResult) -> str:
        found = result.diagnostics
        if found.outcome == "too_few_answers":
            return self.say("För få svar för grupper.", "Too few answers for groups.") + " " + self.reason(found)
        if found.outcome == "no_clear_groups":
            return self.say("Inga tydliga grupper.", "No clear groups.") + " " + self.reason(found)
        head = self.say(
            f"{len(result.groups)} grupper som svarar lika.", f"{len(result.groups)} groups that answer alike."
        )
        chosen = next(p for p in found.tried if p.k == found.k)
        if chosen.silhouette < 0.5:
            head += " " + self.say("De går delvis in i varandra.", "They partly run into each other.")
        return head + self.doubt(found)

    def doubt(self, found: Diagnostics) -> str:
        """Why the number of groups is not sure, if it is not."""
        sure = found.certainty
        if sure is None or not sure.is_uncertain:
            return ""
        reasons = {
            "next_is_close": self.say(
                f"{sure.next_k} grupper beskriver svaren nästan lika bra",
                f"{sure.next_k} groups describe the votes nearly as well",
            ),
            "often_another_number": self.say(
                "ofta blir det ett annat antal när bara en del av deltagarna räknas",
                "often there is another number when only some of the participants are counted",
            ),
            "not_found_again": self.say(
                "grupperna blir andra när bara en del av deltagarna räknas",
                "the groups are others when only some of the participants are counted",
            ),
        }
        why = ", ".join(reasons[doubt] for doubt in sure.doubts)
        return " " + self.say(f"Antalet är osäkert: {why}.", f"The number is uncertain: {why}.")

    def reason(self, found: Diagnostics) -> str:
        least = found.parameters.minimum_participants
        reasons = {
            "few_participants": self.say(
                f"Det behövs minst {least} deltagare med tillräckligt många svar, här är de {found.n_placed}.",
                f"At least {least} participants with enough votes are needed, here there are {found.n_placed}.",
            ),
            "nothing_to_separate": self.say(
                "Svaren skiljer sig åt på färre än två påståenden.",
                "The answers differ on fewer than two statements.",
            ),
            "votes_not_associated": self.say(
                "Svaren på olika påståenden hänger inte ihop mer än av en slump.",
                "Answers to different statements hang together no more than by chance.",
            ),
            "no_partition": self.say(
                "Varje uppdelning ger någon grupp som är för liten.",
                "Every division leaves some group that is too small.",
            ),
            "weak_separation": self.say(
                "Deltagarna ligger för nära varandra för att delas upp.",
                "The participants lie too close to each other to be divided.",
            ),
        }
        return reasons[found.reason] if found.reason else ""

    def group_head(self, group: GroupProfile, found: Diagnostics) -> str:
        share = round(100 * group.size / found.n_placed)
        return self.say(
            f"Grupp {self.letter(group.group)}: {group.size} deltagare ({share} procent). Det som utmärker den:",
            f"Group {self.letter(group.group)}: {group.size} participants ({share} per cent). What marks it:",
        )

    def representative(self, r: Representative) -> str:
        """How the group leans, and if it is not the side that marks the group, how it differs from the others."""
        leans_agree = r.n_agree >= r.n_disagree
        count = r.n_agree if leans_agree else r.n_disagree
        lean = self.side(leans_agree)
        note = ""
        if leans_agree != (r.direction == "agree"):
            note = self.say(", men mer sällan än andra", ", but less often than others")
        text = self.text(r.statement)
        return self.say(
            f"{text} {count} av {r.support.n_trials} {lean}{note}.",
            f"{text} {count} of {r.support.n_trials} {lean}{note}.",
        )

    def shared(self, s: SharedStatement) -> str:
        side = self.side(s.direction == "agree")
        text, n, total = self.text(s.statement), s.everyone.n_success, s.everyone.n_trials
        return self.say(f"{text} {n} av {total} {side}.", f"{text} {n} of {total} {side}.")

    def divisive(self, s: DivisiveStatement) -> str:
        parts = []
        for group in (s.most, s.least):
            agree, letter = s.agree_by_group[group], self.letter(group)
            parts.append(
                self.say(
                    f"i grupp {letter} håller {agree.n_success} av {agree.n_trials} med",
                    f"in group {letter} {agree.n_success} of {agree.n_trials} agree",
                )
            )
        joined = ", ".join(parts)
        return f"{self.text(s.statement)} {joined[0].upper()}{joined[1:]}."

    def side(self, agrees: bool) -> str:
        return self.say("håller med", "agree") if agrees else self.say("håller inte med", "disagree")

    def bullets(self, texts: Iterable[str]) -> list[str]:
        lines = [f"  – {text}" for text in texts]
        return lines or [self.say("  Inget.", "  Nothing.")]

    def text(self, name: Id) -> str:
        words = " ".join(self.texts.get(name, "").split())
        text = "".join(c for c in words if c.isprintable())  # what people wrote must not steer the terminal
        if not text:
            return self.say(f"Påstående {name}:", f"Statement {name}:")
        short = text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1].rstrip() + "…"
        return self.say(f"”{short}”", f"“{short}”")

    def number(self, count: int, swedish: tuple[str, str], english: tuple[str, str]) -> str:
        one, many = swedish if self.swedish else english
        figure = f"{count:,}".replace(",", "\u00a0" if self.swedish else ",")
        return f"{figure} {one if count == 1 else many}"

    @staticmethod
    def letter(group: int) -> str:
        return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[group] if group < 26 else str(group + 1)
