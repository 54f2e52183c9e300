"""Texts that would be something else than text in a page, if it were written carelessly."""

from __future__ import annotations

from typing import Any

from conftest import make_plan

from kimplan.model.plan import Plan

LONG_WORD = "Llanfair" * 30
HOSTILE = (
    "<script>window.pwned = 1</script>",
    "<img src=x onerror='window.pwned = 1'>",
    '"><svg onload=window.pwned=1>',
    "' onmouseover='window.pwned = 1",
    "</style><script>window.pwned = 1</script>",
    "</title></table></td><h1>Taken over</h1>",
    "--> <!-- ]]> <![CDATA[ <?php echo 1 ?>",
    "{{7*7}} {% raw %} {# gone #} ${7*7} #{7*7}",
    "&lt;b&gt; &amp; &#60;i&#62; &nbsp;",
    "javascript:window.pwned=1",
    "data:text/html,<script>window.pwned=1</script>",
    "[press](javascript:window.pwned=1) [here](data:text/html;base64,PHNjcmlwdD4=)",
    '[quoted](https://example.org/"onclick="window.pwned=1) and ok',
    "שלום עולם — مرحبا بالعالم — 你好",
    LONG_WORD,
)


def hostile_plan() -> Plan:
    """Return a plan with each of those texts in each field that a page shows."""
    records: list[dict[str, Any]] = [_record(text, at) for at, text in enumerate(HOSTILE)]
    text = HOSTILE[0]
    return make_plan(
        *records,
        title=HOSTILE[5],
        organisation=f"Homes {text}",
        audience=text,
        source={"title": text, "publisher": HOSTILE[2], "link": "javascript:window.pwned=1"},
        sections=[
            {"id": "governance", "title": text, "narrative": "\n\n".join(HOSTILE)},
            {"id": "repairs", "title": LONG_WORD, "narrative": f"- {HOSTILE[4]}"},
        ],
        fields=[
            {"id": "note", "label": f"Note {HOSTILE[2]}", "type": "text"},
            {"id": "where", "label": "Where", "type": "link"},
        ],
        columns=[
            {"field": "ref", "label": HOSTILE[2]},
            {"field": "recommendation", "label": HOSTILE[3]},
            {"field": "response", "label": text},
            {"field": "rag", "label": HOSTILE[6]},
            {"field": "due", "label": HOSTILE[7]},
            {"field": "owners", "label": LONG_WORD},
            {"field": "evidence", "label": HOSTILE[8]},
            {"field": "actions", "label": "Actions"},
            {"field": "fields.note", "label": "Note"},
            {"field": "fields.where", "label": "Where"},
        ],
        ratings={"amber": {"label": text, "meaning": HOSTILE[4]}},
    )


def _record(text: str, at: int) -> dict[str, Any]:
    return {
        "title": text,
        "section": ("governance", "repairs")[at % 2],
        "detail": f"Before\n\n- {text}\n\n1. {text}\n\n**{text}**",
        "response": text,
        "owners": [text],
        "evidence": [
            {"title": text, "link": "https://example.org/?q=<script>\"'&amp;"},
            {"title": "A path", "link": "javascript:window.pwned=1"},
        ],
        "actions": [{"title": text, "owner": text, "due": "2024-06"}],
        "fields": {"note": text, "where": "javascript:window.pwned=1"},
    }
