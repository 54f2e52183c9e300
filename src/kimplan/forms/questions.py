"""The questions of the form, by the keys of their answers and in the order of the page."""

from __future__ import annotations

QUESTIONS = {
    "ref": "Recommendation",
    "rag": "New rating",
    "completed": "Completed on",
    "evidence": "Evidence",
    "link": "Link to the evidence",
    "no_evidence": "Why there is no evidence",
    "due": "New due date",
    "reason": "Reason",
    "agreed_by": "Agreed by",
    "note": "Progress note",
    "by": "Your role",
}
NO_CHANGE = "No change"  # what the list of ratings offers first


def question(key: str) -> str:
    """Return the question that the answer `key` is to, as it is quoted in a sentence."""
    return f"“{QUESTIONS[key]}”"
