"""Prices as buyers read them."""

from __future__ import annotations

ASK = "Hubungi penjual"


def rupiah(amount: int) -> str:
    """Return whole rupiah as `Rp 1.500.000`."""
    return f"Rp {amount:,}".replace(",", ".")


def price_text(amount: int | None, unit: str = "") -> str:
    """Return `Rp 150.000 / potong`, or whom to ask when there is no price (none, or 0)."""
    if not amount:
        return ASK
    return f"{rupiah(amount)} / {unit}" if unit else rupiah(amount)
