"""The file of answers: written with every question and its offers, read by the next run."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kimplan.characters import make_visible
from kimplan.errors import KimplanError
from kimplan.files import write_whole
from kimplan.intake.questions import Question, first_of_each
from kimplan.reasons import why
from kimplan.source import decode, parse
from kimplan.source.file import MAX_BYTES

_HEAD = (
    "# What kimplan import could not know. Write the answer behind each colon and run the same",
    "# command again; what is left empty is asked again.",
)
_MOST = 500  # entries, so that the file can be read again


def read_answers(path: Path) -> dict[str, str]:
    """Return the answers of a file by the names of their questions, none if it is not there.

    Raises KimplanError for a file that is no such file.
    """
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise KimplanError(f"cannot read {path}: {why(error)}", "Check the name.") from None
    text, problems = decode(data) if len(data) <= MAX_BYTES else (None, [])
    document = parse(text) if text is not None else None
    problems = [*problems, *(document.problems if document else [])]
    value = document.value if document else None
    if text is not None and not text.strip():
        return {}
    if not isinstance(value, Mapping) or any(not isinstance(one, str) for one in value.values()):
        problem = problems[0] if problems else None
        place = f":{problem.line}" if problem else ""
        message = problem.message if problem else 'it is not a line "question: answer" each'
        raise KimplanError(f"{path}{place}: {message}", "Write it anew: delete it and run again.")
    return {str(key): str(one) for key, one in value.items()}


def write_answers(path: Path, questions: Sequence[Question], typed: Mapping[str, str]) -> int:
    """Add the `questions` that the file at `path` does not hold yet; return how many they are.

    Those that were answered meanwhile, as `typed` says, have that answer, in place of an empty one
    that stands in the file too. Whatever else stands there stays as it is.
    """
    known = read_answers(path)
    new = [one for one in first_of_each(questions) if one.key not in known][:_MOST]
    was = path.read_text(encoding="utf-8") if os.path.exists(path) else ""
    old = was
    for key, answer in typed.items():
        if not known.get(key, "-"):
            old = old.replace(f"{_entry(key, '')}\n", f"{_entry(key, answer)}\n")
    if not new and old == was:
        return 0
    head = f"{old.rstrip()}\n" if old.strip() else "\n".join(_HEAD) + "\n"
    body = "".join(f"{line}\n" for line in ("", *_lines(new, typed))) if new else ""
    write_whole(path, lambda file: file.write(f"{head}{body}".encode()))
    return len(new)


def _entry(key: str, answer: str) -> str:
    return f"{json.dumps(key, ensure_ascii=False)}: {json.dumps(answer, ensure_ascii=False)}"


def _lines(questions: Iterable[Question], typed: Mapping[str, str]) -> Iterable[str]:
    for question in questions:
        said = f'the source says "{_shown(question.value)}"' if question.value else "no words"
        place = f", {question.place}" if question.place else ""
        yield f"# {question.kind}: {said}{make_visible(place)}"
        if question.offers:
            yield f"# it may be: {' or '.join(map(make_visible, question.offers))}"
        yield _entry(question.key, typed.get(question.key, ""))


def _shown(text: str) -> str:
    words = make_visible(" ".join(text.split()))
    return words if len(words) <= 200 else f"{words[:199]}…"
