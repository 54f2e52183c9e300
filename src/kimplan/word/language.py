"""The language of a Word document: what spelling and screen readers take its words for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.document import Document
from docx.opc.part import XmlPart

from kimplan.model.language import Language
from kimplan.word.tags import qn

# What the default template's footer says itself, around the numbers of the pages.
_FOOTER = ("Page ", " of ")
_AFTER_LANGUAGE = ("w:eastAsianLayout", "w:specVanish", "w:oMath")


def set_language(word: Document, language: Language) -> None:
    """Give the text of a document a language: its styles, its properties, its footers' own words.

    Only the language of the Latin script changes; nothing of the look does.
    """
    styles = word.styles.element
    _default(styles).set(qn("w:val"), language.tag)
    for found in styles.iter(qn("w:lang")):
        if found.get(qn("w:val")):
            found.set(qn("w:val"), language.tag)
    theme = word.settings.element.find(qn("w:themeFontLang"))
    if theme is not None:
        theme.set(qn("w:val"), language.tag)
    word.core_properties.language = language.tag
    for text in _footer_texts(word):
        if text.text in _FOOTER:
            text.text = language.say(text.text)


def _default(styles: Any) -> Any:
    """Return the language that text has where no style says another, made if there is none."""
    defaults = styles.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = styles.makeelement(qn("w:docDefaults"))
        styles.insert(0, defaults)
    above = defaults
    for tag in ("w:rPrDefault", "w:rPr"):
        found = above.find(qn(tag))
        if found is None:
            found = above.makeelement(qn(tag))
            above.insert(0, found)
        above = found
    language = above.find(qn("w:lang"))
    if language is None:
        language = above.makeelement(qn("w:lang"))
        later = next((one for one in above if one.tag in set(map(qn, _AFTER_LANGUAGE))), None)
        if later is None:
            above.append(language)
        else:
            later.addprevious(language)
    return language


def _footer_texts(word: Document) -> Iterator[Any]:
    for part in word.part.package.iter_parts():
        if isinstance(part, XmlPart) and part.element.tag == qn("w:ftr"):
            yield from part.element.iter(qn("w:t"))
