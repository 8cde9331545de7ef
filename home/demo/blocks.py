"""Short ways to write the blocks of demo pages, as the database keeps them."""

from __future__ import annotations

Block = dict


def text(html: str) -> Block:
    """Running text."""
    return {"type": "paragraph", "value": html}


def steps(heading: str, *rows: tuple[str, str]) -> Block:
    """Numbered steps: what to do, and a sentence about it."""
    return {"type": "steps", "value": {"heading": heading, "steps": [_pair("title", "text", row) for row in rows]}}


def faq(heading: str, *rows: tuple[str, str]) -> Block:
    """Questions with their answers."""
    questions = [_pair("question", "answer", row) for row in rows]
    return {"type": "faq", "value": {"heading": heading, "questions": questions}}


def callout(level: str, title: str, sentence: str) -> Block:
    """What must not be overlooked; levels as in siptenan.common.blocks.Level."""
    return {"type": "callout", "value": {"level": level, "title": title, "text": f"<p>{sentence}</p>"}}


def table(caption: str, *rows: tuple[str, ...]) -> Block:
    """A table; the first row names the columns."""
    columns = [{"type": "text", "heading": heading} for heading in rows[0]]
    cells = {"columns": columns, "rows": [{"values": list(row)} for row in rows[1:]], "caption": ""}
    return {"type": "table", "value": {"caption": caption, "table": cells}}


def files(heading: str, *documents: tuple[int, str]) -> Block:
    """Documents to download: primary key and the name that is shown."""
    rows = [{"document": pk, "title": title} for pk, title in documents]
    return {"type": "files", "value": {"heading": heading, "files": rows}}


def _pair(first: str, second: str, row: tuple[str, str]) -> dict[str, str]:
    return {first: row[0], second: f"<p>{row[1]}</p>"}
