"""What a product picture shows, as data, and the colours of Pekalongan's cloth."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PictureSpec:
    """One picture. The same spec always gives the same picture."""

    kind: str  # what lies in the studio: a key of `SCENES`
    motif: str = "polos"  # pattern of the cloth: a key of `motifs.MOTIFS`
    palette: str = "indigo"  # a key of `PALETTES`
    seed: int = 0  # for another fold, another backdrop
    label: str = ""  # printed on a package


@dataclass(frozen=True)
class Palette:
    """Colours of a cloth or of a label."""

    ground: str
    main: str  # of the large shapes
    second: str
    accent: str
    light: str  # of the fine dots that wax leaves


PALETTES = {
    "indigo": Palette("#1d2e5c", "#eee6d3", "#6f8cc2", "#c69a5f", "#f7f1e2"),
    "biru": Palette("#dfe7ee", "#2c4f86", "#7fa3cb", "#163060", "#ffffff"),
    "sogan": Palette("#4b2b17", "#e9cd9b", "#a8713c", "#27160c", "#f6e7c8"),
    "krem": Palette("#f0e2c4", "#6d4222", "#b98a55", "#3a2413", "#fffaf0"),
    "merah": Palette("#8f2630", "#f3dcb9", "#d9776a", "#3d1216", "#fdf1de"),
    "mawar": Palette("#f3d3d0", "#b23a55", "#e58f9a", "#3f6b52", "#fff8f4"),
    "mint": Palette("#cfe6da", "#c2506a", "#e9a39a", "#2f7a63", "#fffdf6"),
    "kuning": Palette("#f4dd9c", "#b5452f", "#e08a4c", "#2f6a5e", "#fffbe9"),
    "lila": Palette("#dccfe6", "#6a3f83", "#a884c0", "#d0793f", "#fffaff"),
    "tosca": Palette("#14686a", "#f1e5c6", "#5fb5ab", "#e0a05a", "#f7f4e6"),
    "hitam": Palette("#1f1b1c", "#e8b45c", "#b94a3c", "#6d8f84", "#f3e6cc"),
    "hijau": Palette("#294a37", "#ecdcae", "#7fa36b", "#c9803f", "#f5efda"),
    "abu": Palette("#5c6470", "#e6e2da", "#9aa3ad", "#2f353d", "#f6f3ee"),
    "putih": Palette("#f7f3ec", "#b9a78f", "#d9cbb6", "#8a7860", "#ffffff"),
    "eceng": Palette("#b98d55", "#8d6232", "#d3ac74", "#4e3318", "#efd6a6"),
    "bambu": Palette("#dcc48b", "#b5934f", "#e8d7a8", "#7d6230", "#f8edcc"),
    "jati": Palette("#a56a3a", "#7c4a24", "#c58c58", "#4e2c14", "#e0b07c"),
    "mahoni": Palette("#8a4632", "#662e20", "#a8624a", "#3e1a11", "#cf8f72"),
}
