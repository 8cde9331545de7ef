"""The words of a body that an editor built of blocks, read from what is stored: no picture or page is looked up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.rich_text import get_text_for_indexing


def texts_of(body: StreamValue) -> Iterator[str]:
    """Yield what the blocks of a body say, one after the other."""
    for part in body.raw_data:
        yield from _texts(body.stream_block.child_blocks.get(part["type"]), part["value"])


def _texts(block: blocks.Block | None, raw: Any) -> Iterator[str]:
    """What one block says; nothing for a block that is no text (a choice, an address, what was chosen)."""
    if not raw:
        return
    if isinstance(block, blocks.RichTextBlock):
        yield get_text_for_indexing(raw)
    elif isinstance(block, (blocks.CharBlock, blocks.TextBlock)):
        yield raw
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _texts(child, raw.get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in raw:
            yield from _texts(block.child_block, item["value"] if _is_wrapped(item) else item)
    elif isinstance(block, blocks.StreamBlock):
        for item in raw:
            yield from _texts(block.child_blocks.get(item["type"]), item["value"])
    elif isinstance(block, TypedTableBlock):
        yield from _cells(block, raw)


def _is_wrapped(item: Any) -> bool:
    """Whether an item of a list is stored with a key of its own, as Wagtail has done since 2.16."""
    return isinstance(item, dict) and item.get("type") == "item" and "value" in item


def _cells(block: TypedTableBlock, raw: dict[str, Any]) -> Iterator[str]:
    columns = raw["columns"]
    yield from (column["heading"] for column in columns)
    for row in raw["rows"]:
        for column, value in zip(columns, row["values"], strict=False):
            yield from _texts(block.child_blocks.get(column["type"]), value)
