"""What a source leaves open: the questions, what is said without asking, and the answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a question is about, or what is said."""

    DATE_UNCLEAR = "date-unclear"
    DATE_AMBIGUOUS = "date-ambiguous"
    RATING_UNCLEAR = "rag-unclear"
    RATING_BY_WORD = "rag-by-word"
    RATING_BY_COLOUR = "rag-by-colour"
    RATING_CONTRADICTS = "rag-contradicts-colour"
    OWNER_UNCLEAR = "owner-unclear"
    OWNER_MISSING = "owner-missing"
    RESPONSE_MISSING = "response-missing"
    TITLE_MISSING = "title-missing"
    REF_MISSING = "ref-missing"
    REF_UNCLEAR = "ref-unclear"
    REF_NUMBERED = "ref-numbered"
    TOO_LONG = "too-long"
    COLUMN_UNMAPPED = "column-unmapped"
    COLUMN_LEFT_OUT = "column-left-out"
    SECTION_MISSING = "section-missing"
    ROWS_JOINED = "rows-joined"
    ORGANISATION = "organisation-missing"
    NOT_TAKEN = "not-taken"


class Question(NamedTuple):
    """Something to decide or to know.

    `where` is a record and its field, ``REC6/due``, or empty for the whole file. `value` is what
    the source says, `offers` what it may mean. `place` is where it stands in the source. `taken`
    is how it is read where nothing needs to be asked. `group` is the answer's key for all rows
    that say the same.
    """

    kind: str
    where: str = ""
    value: str = ""
    offers: tuple[str, ...] = ()
    place: str = ""
    taken: str = ""
    group: str = ""
    is_asked: bool = False

    @property
    def key(self) -> str:
        """The name under which it is answered."""
        return self.group or self.where


class Notebook:
    """What was asked and said while a source is read, and the answers that are known."""

    def __init__(self, answers: Mapping[str, str] | None = None) -> None:
        self.said: list[Question] = []
        self.asked: list[Question] = []
        self._answers = dict(answers or {})
        self.used: set[str] = set()

    def say(self, question: Question) -> None:
        """Note what is to be known without being asked."""
        self.said.append(question)

    def ask(self, question: Question) -> str:
        """Return the answer to `question`, empty if there is none yet."""
        for key in (question.where, question.group):
            if key and (answer := self._answers.get(key, "").strip()):
                self.used.add(key)
                self.said.append(question._replace(taken=answer))
                return answer
        self.asked.append(question._replace(is_asked=True))
        return ""

    def refuse(self, question: Question, answer: str) -> None:
        """Ask again, since `answer` is none to `question`."""
        self.said = [one for one in self.said if one.key != question.key or one.taken != answer]
        self.asked.append(question._replace(is_asked=True, taken=answer))

    def unknown(self) -> list[str]:
        """Return the keys of the answers that belong to no question."""
        asked = {one.key for one in self.asked} | {one.where for one in self.asked}
        return [key for key, text in self._answers.items() if text and key not in self.used | asked]


def first_of_each(questions: Iterable[Question]) -> list[Question]:
    """Return the questions with one for each key, in their order."""
    return list({one.key: one for one in reversed(list(questions))}.values())[::-1]
