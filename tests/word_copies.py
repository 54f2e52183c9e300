"""A Word copy of a report as somebody edits it: the file's own XML, changed as Word changes it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN, PROPERTIES = "word/document.xml", "docProps/custom.xml"
_SETTINGS = "word/settings.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
# Labels of the tables that have refs, too, and are not the plan's.
_OTHERS = ("Overdue by", "Due in", "What changed", "Reason")


class WordCopy:
    """A report opened for editing; `save` writes it."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.root: Any = etree.fromstring(self.parts[MAIN])
        self._comments: list[str] = []

    def save(self, path: Path) -> Path:
        """Write the copy to `path`."""
        self.parts[MAIN] = etree.tostring(self.root, encoding="UTF-8", standalone=True)
        if self._comments:
            self._write_comments()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        return path

    # What a file is made of

    def stamp(self, commit: str) -> None:
        """Make it a report of another commit."""
        text = self.parts[PROPERTIES].decode()
        self.parts[PROPERTIES] = re.sub(
            r'(name="kimplan commit"><vt:lpwstr>)[0-9a-f]*', rf"\g<1>{commit}", text
        ).encode()

    def lose_properties(self) -> None:
        """Take away what kimplan wrote down about its making."""
        text = self.parts[PROPERTIES].decode()
        self.parts[PROPERTIES] = re.sub(r"<property .*?</property>", "", text).encode()

    def attach(self, template: str) -> None:
        """Attach another template, as Word does (File > Options > Add-ins > Templates)."""
        mark = f'<w:attachedTemplate xmlns:r="{_OFFICE}" r:id="rIdT"/>'
        settings = self.parts[_SETTINGS].decode()
        self.parts[_SETTINGS] = settings.replace("<w:zoom", f"{mark}<w:zoom", 1).encode()
        one = (
            f'<Relationship Id="rIdT" Type="{_OFFICE}/attachedTemplate" '
            f'Target="{template}" TargetMode="External"/>'
        )
        relations = f'<Relationships xmlns="{_RELATIONS}">{one}</Relationships>'
        self.parts["word/_rels/settings.xml.rels"] = relations.encode()

    # Rows and cells

    @property
    def table(self) -> Any:
        """The plan's table."""
        headers = ((text_of(table.find(f"{W}tr")), table) for table in self.root.iter(f"{W}tbl"))
        return next(table for words, table in headers if words.startswith("Ref") and "RAG" in words)

    def row(self, ref: str) -> Any:
        """Return the row of a recommendation."""
        for table in self.root.iter(f"{W}tbl"):
            labels = text_of(table.find(f"{W}tr"))
            if any(label in labels for label in _OTHERS):
                continue
            for row in table.findall(f"{W}tr"):
                if text_of(row.find(f"{W}tc")) == ref:
                    return row
        raise KeyError(ref)

    def cell(self, ref: str, column: int) -> Any:
        """Return a cell of a row, the columns counted from 0."""
        return self.row(ref).findall(f"{W}tc")[column]

    def write(self, ref: str, column: int, *texts: str, fill: str = "") -> None:
        """Put `texts` in place of a cell's paragraphs; ``- `` makes a bullet."""
        cell = self.cell(ref, column)
        for paragraph in cell.findall(f"{W}p"):
            cell.remove(paragraph)
        for text in texts or ("",):
            cell.append(paragraph_of(text))
        if fill:
            shading = cell.find(f"{W}tcPr/{W}shd")
            shading.set(f"{W}fill", fill)

    def add(self, ref: str, column: int, text: str) -> None:
        """Add a paragraph below those of a cell."""
        self.cell(ref, column).append(paragraph_of(text))

    def change(self, ref: str, column: int, old: str, new: str) -> None:
        """Replace words in a cell."""
        for text in self.cell(ref, column).iter(f"{W}t"):
            if old in (text.text or ""):
                text.text = text.text.replace(old, new)
                return
        raise KeyError(old)

    def track(
        self,
        ref: str,
        column: int,
        new: str,
        old: str = "",
        by: str = "Ann",
        day: str = "2024-06-03",
    ) -> None:
        """Insert `new` behind the last words of a cell as a tracked change, and delete `old`."""
        stamp = f'w:id="9" w:author="{by}" w:date="{day}T10:00:00Z"'
        last = self.cell(ref, column).findall(f"{W}p")[-1]
        if old:
            for run in list(last.iter(f"{W}r")):
                if text_of(run) == old:
                    deleted = made(f"<w:del {stamp}/>")
                    run.getparent().replace(run, deleted)
                    for text in run.iter(f"{W}t"):
                        text.tag = f"{W}delText"
                    deleted.append(run)
        last.append(
            made(f'<w:ins {stamp}><w:r><w:t xml:space="preserve">{escape(new)}</w:t></w:r></w:ins>')
        )

    def comment(
        self, ref: str, column: int, text: str, by: str = "Chair", day: str = "2024-06-03"
    ) -> None:
        """Put a comment beside the words of a cell."""
        number = len(self._comments)
        first = self.cell(ref, column).find(f"{W}p")
        properties = first.find(f"{W}pPr")
        start = made(f'<w:commentRangeStart w:id="{number}"/>')
        first.insert(0 if properties is None else 1, start)
        first.append(made(f'<w:commentRangeEnd w:id="{number}"/>'))
        first.append(made(f'<w:r><w:commentReference w:id="{number}"/></w:r>'))
        self._comments.append(
            f'<w:comment w:id="{number}" w:author="{by}" w:date="{day}T10:00:00Z">'
            f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>"
        )

    def _write_comments(self) -> None:
        names = f'xmlns:w="{W[1:-1]}"'
        text = f"<w:comments {names}>{''.join(self._comments)}</w:comments>"
        self.parts["word/comments.xml"] = text.encode()
        relations = self.parts["word/_rels/document.xml.rels"].decode()
        one = f'<Relationship Id="rIdC" Type="{_COMMENTS}" Target="comments.xml"/>'
        relations = relations.replace("</Relationships>", f"{one}</Relationships>")
        self.parts["word/_rels/document.xml.rels"] = relations.encode()
        types = self.parts["[Content_Types].xml"].decode()
        kind = f'<Override PartName="/word/comments.xml" ContentType="{_COMMENTS_TYPE}"/>'
        self.parts["[Content_Types].xml"] = types.replace("</Types>", f"{kind}</Types>").encode()

    # The shape of the table

    def remove_row(self, ref: str) -> None:
        """Delete a row."""
        row = self.row(ref)
        row.getparent().remove(row)

    def move_row(self, ref: str, below: str) -> None:
        """Move a row below another one."""
        row = self.row(ref)
        self.row(below).addnext(row)

    def add_row(self, below: str, *texts: str) -> None:
        """Add a row below another one."""
        row = deepcopy(self.row(below))
        self.row(below).addnext(row)
        for cell, text in zip(row.findall(f"{W}tc"), texts, strict=True):
            for paragraph in cell.findall(f"{W}p"):
                cell.remove(paragraph)
            cell.append(paragraph_of(text))

    def remove_column(self, column: int) -> None:
        """Delete a column of the plan's table."""
        for row in self.table.findall(f"{W}tr"):
            cells = row.findall(f"{W}tc")
            if len(cells) > 1:
                row.remove(cells[column])

    def label(self, column: int, text: str) -> None:
        """Give a column of the plan's table another heading."""
        cell = self.table.find(f"{W}tr").findall(f"{W}tc")[column]
        next(cell.iter(f"{W}t")).text = text

    def split_table(self, above: str) -> None:
        """Split the plan's table above a row, as Word does, without a second header."""
        row = self.row(above)
        table = row.getparent()
        lower = deepcopy(table)
        for each in lower.findall(f"{W}tr"):
            lower.remove(each)
        for each in [row, *row.itersiblings(f"{W}tr")]:
            lower.append(each)
        table.addnext(lower)
        table.addnext(made("<w:p/>"))

    def in_body(self, change: Callable[[str], str]) -> None:
        """Change the text of the whole main part."""
        self.root = etree.fromstring(change(etree.tostring(self.root).decode()).encode())


def text_of(element: Any) -> str:
    """Return the words of an element."""
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def made(xml: str) -> Any:
    """Return an element."""
    name, rest = re.match(r"<([\w:]+)(.*)", xml, re.DOTALL).groups()  # type: ignore[union-attr]
    return etree.fromstring(f'<{name} xmlns:w="{W[1:-1]}"{rest}')


def paragraph_of(text: str) -> Any:
    """Return a paragraph; ``- `` makes a bullet, and ``**words**`` are bold."""
    style = "kimplanCellBullet" if text.startswith("- ") else "kimplanCell"
    runs = []
    for number, words in enumerate(text.removeprefix("- ").split("**")):
        look = "<w:rPr><w:b/><w:bCs/></w:rPr>" if number % 2 else ""
        if words:
            runs.append(f'<w:r>{look}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>')
    return made(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(runs)}</w:p>')
