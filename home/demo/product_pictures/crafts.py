"""Woven and carved things: baskets, mats, boxes, chairs, wax pens."""

from __future__ import annotations

from home.demo.product_pictures.cloths import cloth
from home.demo.product_pictures.spec import PALETTES, PictureSpec
from home.demo.product_pictures.studio import Scene, across, curve, down, field, mixed, moved, oval, panel, turned
from home.demo.product_pictures.textiles import paper

ROUND = field(lambda u, v: 0.22 - 1.1 * abs(u - 0.36) ** 1.6 - 0.14 * v)


def basket(spec: PictureSpec) -> Scene:
    """A round basket with two handles, a cloth over its edge."""
    scene = paper(spec)
    weave = cloth("anyaman", spec.palette, 0.85)
    p = PALETTES[spec.palette]
    scene.shadow(oval(600, 770, 300, 44), 26, 12, 28, 0.6)
    handle = curve([(410, 380), (430, 170), (600, 96), (770, 170), (790, 380)], 14, closed=False)
    scene.line(moved(handle, 8, 8), mixed(p.accent, "#000000", 0.3), 30, 0.5)
    scene.line(handle, p.main, 30)
    scene.line(moved(handle, -4, -5), p.second, 9, 0.8)
    for at in range(4, len(handle) - 3, 3):
        (x, y), (nx, ny) = handle[at], handle[at + 1]
        scene.line([(x - (ny - y), y + (nx - x)), (x + (ny - y), y - (nx - x))], p.accent, 3, 0.6)
    inside = oval(600, 380, 310, 66)
    scene.fill(inside, weave, field(lambda u, v: -0.55 + 0.2 * v))
    cover = curve([(380, 370), (600, 318), (830, 372), (800, 560), (690, 520), (600, 600), (480, 530), (400, 560)], 10)
    wall = curve([(290, 382), (330, 620), (370, 778), (600, 806), (830, 778), (870, 620), (910, 382), (600, 448)], 10)
    scene.fill(wall, weave, ROUND, rim=0.2)
    rim = curve([(290, 380), (420, 430), (600, 447), (780, 430), (910, 380)], 12, closed=False)
    scene.line(moved(rim, 0, 6), p.accent, 26)
    scene.line(rim, p.second, 18)
    if spec.motif != "anyaman":
        scene.shadow(cover, 6, 14, 12, 0.45)
        scene.fill(
            cover, cloth(spec.motif, "biru", 0.5), field(lambda u, v: 0.12 - 0.3 * abs(u - 0.4) - 0.12 * v), rim=0.25
        )
    return scene


def mats(spec: PictureSpec) -> Scene:
    """Round place mats, overlapping."""
    scene, p = paper(spec), PALETTES[spec.palette]
    for x, y, radius, angle in ((430, 390, 240, 15), (770, 430, 240, 60), (580, 590, 240, -20)):
        mat = oval(x, y, radius, radius, steps=72)
        scene.shadow(mat, 14, 18, 18, 0.5)
        scene.fill(
            mat, cloth("anyaman", spec.palette, 0.8, angle), field(lambda u, v: 0.1 - 0.2 * u - 0.12 * v), rim=0.25
        )
        for share in (0.97, 0.88, 0.62, 0.3):
            ring = oval(x, y, radius * share, radius * share, steps=60)
            scene.line(
                [*ring, ring[0]],
                p.accent if share < 0.9 else p.main,
                5 if share < 0.9 else 13,
                0.55 if share < 0.9 else 0.9,
            )
    return scene


def chest(spec: PictureSpec) -> Scene:
    """Two woven boxes with lids, a small one upon a large one."""
    scene, p = paper(spec), PALETTES[spec.palette]
    weave = cloth("anyaman", spec.palette, 0.8)
    scene.shadow(oval(620, 786, 360, 36), 22, 8, 28, 0.6)
    for left, top, right, bottom, deep in ((290.0, 470.0, 830.0, 790.0, 110.0), (380.0, 240.0, 740.0, 446.0, 90.0)):
        front = panel(left, top, right, bottom, 10)
        side = [(right, top), (right + deep, top - 46), (right + deep, bottom - 60), (right, bottom)]
        scene.fill(side, weave, field(lambda u, v: -0.4))
        scene.fill(front, weave, field(lambda u, v: 0.1 - 0.12 * u - 0.16 * v))
        lid = [(left - 10, top), (left + deep - 6, top - 52), (right + deep + 12, top - 52), (right + 10, top)]
        scene.fill(lid, weave, down(170, 150))
        edge = panel(left - 10, top - 2, right + 10, top + 52, 6)
        scene.shadow(edge, 2, 10, 8, 0.4)
        scene.fill(edge, weave, down(160, 132, 96))
        scene.fill(
            [
                (right + 10, top - 2),
                (right + deep + 12, top - 54),
                (right + deep + 12, top - 6),
                (right + 10, top + 52),
            ],
            weave,
            field(lambda u, v: -0.38),
        )
        scene.fill(oval((left + right) / 2, top + 52, 17, 17), p.accent, field(lambda u, v: 0.5 - 0.7 * v))
    return scene


def chair(spec: PictureSpec) -> Scene:
    """A terrace chair: teak with a woven seat and back."""
    scene = paper(spec)
    weave, grain = cloth("anyaman", "eceng", 0.7), cloth("kayu", spec.palette, 1)
    upright = cloth("kayu", spec.palette, 1, 90)
    scene.shadow([(330, 812), (860, 812), (960, 760), (440, 750)], 26, 14, 28, 0.55)
    legs = ((430, 470, 462, 770), (846, 470, 874, 770))
    for left, top, right, bottom in legs:
        scene.fill(panel(left, top, right, bottom, 5), upright, across(80, 100, 60))
    scene.fill(
        curve([(428, 164), (818, 164), (792, 505), (432, 505)], 1),
        weave,
        field(lambda u, v: 0.1 - 0.16 * u - 0.3 * v**3),
    )
    for post in ([(386, 120), (424, 120), (430, 540), (394, 540)], [(820, 120), (858, 120), (828, 540), (790, 540)]):
        scene.fill(post, upright, across(120, 165, 96))
    top_rail = curve([(372, 104), (620, 78), (872, 104), (868, 164), (620, 140), (378, 164)], 8)
    scene.shadow(top_rail, 2, 10, 8, 0.4)
    scene.fill(top_rail, grain, down(180, 140, 96))
    seat = [(300, 590), (420, 500), (836, 500), (900, 590)]
    scene.shadow(moved(seat, 0, 20), 6, 20, 18, 0.4)
    scene.fill(seat, weave, field(lambda u, v: 0.2 * v - 0.1), rim=0.15)
    scene.fill(panel(292, 586, 908, 634, 8), grain, down(170, 136, 84))
    for left, right in ((306, 346), (858, 898)):
        scene.fill(panel(left, 630, right, 830, 6), upright, across(120, 168, 84))
    scene.fill(panel(330, 716, 872, 742, 5), grain, down(150, 120, 80))
    for arm in (
        [(262, 404), (300, 392), (420, 392), (418, 432), (306, 446), (262, 440)],
        [(938, 404), (900, 392), (792, 392), (796, 432), (896, 446), (938, 440)],
    ):
        scene.fill(
            panel(
                min(x for x, _ in arm) + (22 if arm[0][0] < 600 else 106),
                430,
                min(x for x, _ in arm) + (52 if arm[0][0] < 600 else 136),
                592,
                5,
            ),
            upright,
            across(120, 160, 84),
        )
        scene.shadow(arm, 4, 12, 8, 0.4)
        scene.fill(arm, grain, down(178, 140, 92))
    return scene


def pens(spec: PictureSpec) -> Scene:
    """Wax pens (canting) side by side on cloth."""
    scene = Scene(cloth(spec.motif, "krem", 1, 20))
    scene.fill(panel(0, 0, 1200, 900), scene.image, field(lambda u, v: 0.14 - 0.34 * u - 0.24 * v))
    grain = cloth("kayu", spec.palette, 0.6)
    for number in range(4):
        y = 210 + number * 160
        handle = turned(
            curve(
                [(330, y - 10), (620, y - 22), (930, y - 15), (960, y), (930, y + 15), (620, y + 22), (330, y + 10)], 8
            ),
            -9,
        )
        scene.shadow(handle, 12, 18, 14, 0.5)
        scene.fill(handle, grain, down(150, 180, 140, 84))
        cup = turned(curve([(232, y - 40), (322, y - 34), (336, y + 4), (300, y + 32), (250, y + 30), (224, y)], 8), -9)
        scene.shadow(cup, 8, 14, 10, 0.5)
        scene.fill(cup, "#b5733a", field(lambda u, v: 0.42 - 0.5 * u - 0.4 * v), rim=0.3)
        spout = turned(curve([(240, y + 10), (196, y + 16), (176, y + 44)], 8, closed=False), -9)
        scene.line(spout, "#9a5c2b", 10)
        scene.fill(turned(oval(276, y - 36, 42, 9), -9), "#3a2012")
    return scene


SCENES = {"keranjang": basket, "alas": mats, "kotak": chest, "kursi": chair, "canting": pens}
