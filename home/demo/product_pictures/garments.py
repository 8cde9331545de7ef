"""Things that are sewn, laid flat or hung up: shirts, dresses, trousers, prayer veils, caps, bags, purses, sandals."""

from __future__ import annotations

import math

from PIL import Image

from home.demo.product_pictures.cloths import cloth
from home.demo.product_pictures.spec import PALETTES, Palette, PictureSpec
from home.demo.product_pictures.studio import (
    Point,
    Scene,
    Shape,
    chance,
    curve,
    down,
    field,
    mirrored,
    mixed,
    moved,
    oval,
    panel,
    turned,
)
from home.demo.product_pictures.textiles import paper

MIDDLE = 600.0


def _both(half: list[Point]) -> Shape:
    """A shape from its right half, from top to bottom."""
    return [*half, *reversed(mirrored(half, MIDDLE))]


def _creases(seed: object, strength: float = 0.13) -> Image.Image:
    """Light on cloth that was ironed, but worn once."""
    numbers = chance("creases", seed)
    folds = [(numbers.uniform(-0.4, 0.4), numbers.uniform(0.1, 0.9), numbers.uniform(0.02, 0.06)) for _ in range(5)]

    def light(x: float, y: float) -> float:
        value = 0.08 - 0.16 * x - 0.06 * y + 0.04 * math.sin(y * 7 + x * 3)
        for lean, at, width in folds:
            distance = x + lean * (y - 0.5) - at
            value += strength * (0.3 + 0.7 * y) * distance / width * math.exp(-((distance / width) ** 2))
        return value

    return field(light, 48, 48)


def _hanger(scene: Scene, y: float, half: float) -> None:
    hook = curve([(600, y - 22), (600, y - 50), (616, y - 66), (604, y - 84), (588, y - 74)], 8, closed=False)
    scene.line(moved(hook, 8, 12), "#8d8379", 7, 0.3)
    scene.line(hook, "#8a8784", 6)
    arm = curve([(600, y - 26), (600 + half * 0.5, y - 2), (600 + half, y + 34)], 8, closed=False)
    for side in (arm, mirrored(arm, MIDDLE)):
        scene.line(side, "#9a6b3e", 15)


def _collar(scene: Scene, p: Palette, y: float, image: Image.Image) -> None:
    scene.fill(oval(600, y + 16, 66, 30), mixed(p.ground, "#000000", 0.45))
    right = [(600, y + 62), (640, y - 4), (690, y + 18), (660, y + 92)]
    for side in (right, mirrored(right, MIDDLE)):
        scene.shadow(side, 2, 8, 7, 0.4)
        scene.fill(side, image, down(190, 150, 120), rim=0.3)
        scene.line([*side, side[0]], mixed(p.ground, "#000000", 0.45), 2.5, 0.7)


def shirt(spec: PictureSpec) -> Scene:
    """A shirt with short sleeves; an odd seed makes them long."""
    p, scene = PALETTES[spec.palette], paper(spec)
    image = cloth(spec.motif, spec.palette, 0.62)
    slanted = cloth(spec.motif, spec.palette, 0.62, 24)
    long = spec.seed % 2 == 1
    top = 130
    end = [(948, 680), (872, 706)] if long else [(968, 424), (866, 474)]
    sleeve = [(768, top + 50), (866, top + 118), *end, (798, 340)]
    body = _both([(660, top), (770, top + 48), (822, top + 130), (806, 330), (812, 780), (700, 794)])
    for side in (sleeve, mirrored(sleeve, MIDDLE)):
        scene.shadow(side, strength=0.38)
    scene.shadow(body, strength=0.45)
    scene.fill(sleeve, slanted, _creases((spec, 1)), rim=0.35)
    scene.fill(mirrored(sleeve, MIDDLE), slanted, _creases((spec, 2)), rim=0.35)
    for side in (sleeve, mirrored(sleeve, MIDDLE)):
        scene.line([side[2], side[3]], mixed(p.ground, "#000000", 0.4), 3, 0.6)
    scene.fill(body, image, _creases(spec), rim=0.28)
    scene.line([(615, top + 60), (617, 794)], mixed(p.ground, "#000000", 0.5), 3, 0.6)
    for step in range(6):
        button = oval(600, top + 108 + step * 98, 7, 7)
        scene.fill(moved(button, 2, 3), "#1c1512", opacity=0.4)
        scene.fill(button, p.light)
    pocket = panel(650, 300, 740, 400, 8)
    scene.shadow(pocket, 1, 4, 4, 0.35)
    scene.fill(pocket, image, _creases((spec, 3)))
    _collar(scene, p, top - 14, image)
    return scene


def dress(spec: PictureSpec) -> Scene:
    """A house dress on a hanger: wide, with short sleeves."""
    return _dress(
        spec,
        [(662, 150), (748, 186), (744, 330), (812, 600), (852, 842), (720, 856)],
        [(748, 186), (872, 350), (800, 400), (742, 330)],
    )


def gown(spec: PictureSpec) -> Scene:
    """A long dress with long sleeves on a hanger, its lower part in a plain colour."""
    return _dress(
        spec,
        [(654, 150), (734, 180), (726, 330), (768, 600), (822, 862), (700, 876)],
        [(734, 182), (876, 560), (818, 586), (724, 340)],
    )


def _dress(spec: PictureSpec, half: list[Point], sleeve: Shape) -> Scene:
    p, scene = PALETTES[spec.palette], paper(spec)
    image = cloth(spec.motif, spec.palette, 0.66)
    body = _both(half)
    for side in (sleeve, mirrored(sleeve, MIDDLE)):
        scene.shadow(side, strength=0.35)
        scene.fill(side, image, _creases((spec, side[0])), rim=0.35)
        scene.line([side[1], side[2]], p.accent, 7, 0.9)
    scene.shadow(body, strength=0.42)

    def light(x: float, y: float) -> float:
        wide = max(0.0, y - 0.25)
        return 0.06 - 0.12 * x + 0.30 * wide * math.sin((x - 0.5) / (0.35 + y) * 34) * min(1, wide * 2.4)

    scene.fill(body, image, field(light, 60, 48), rim=0.25)
    scene.fill(oval(600, 152, 56, 40), mixed(p.ground, "#000000", 0.4))
    neck = [point for point in oval(600, 152, 58, 42) if point[1] >= 150]
    scene.line(neck, p.accent, 8)
    yoke = curve([(660, 330), (600, 342), (540, 330)], 10, closed=False)
    scene.line(yoke, p.accent, 5, 0.7)
    hem = curve([mirrored(half, MIDDLE)[4], mirrored(half, MIDDLE)[5], half[5], half[4]], 10, closed=False)
    scene.line(moved(hem, 0, -22), p.accent, 7, 0.75)
    for step in range(4):
        scene.fill(oval(600, 212 + step * 32, 5, 5), p.light)
    _hanger(scene, 142, 70)
    return scene


def trousers(spec: PictureSpec) -> Scene:
    """Wide trousers laid flat."""
    p, scene = PALETTES[spec.palette], paper(spec)
    image = cloth(spec.motif, spec.palette, 0.62)
    leg: Shape = [(600, 150), (726, 150), (770, 330), (838, 812), (648, 830), (606, 420)]
    for number, side in enumerate((leg, mirrored(leg, MIDDLE))):
        scene.shadow(side, strength=0.42)
        scene.fill(side, image, _creases((spec, number), 0.2), rim=0.3)
    scene.line([(600, 190), (601, 418)], mixed(p.ground, "#000000", 0.5), 3, 0.6)
    waist = panel(470, 132, 730, 184, 10)
    scene.fill(waist, image, down(160, 140, 104), rim=0.3)
    for step in range(27):
        scene.line([(478 + step * 9.4, 138), (478 + step * 9.4, 178)], mixed(p.ground, "#000000", 0.5), 2, 0.4)
    cord = curve([(590, 172), (560, 236), (572, 300)], 8, closed=False)
    for side in (cord, mirrored(cord, 598)):
        scene.line(side, p.light, 5)
    return scene


def prayer_veil(spec: PictureSpec) -> Scene:
    """A mukena: veil and skirt with a border of cloth."""
    p, scene = PALETTES[spec.palette], paper(spec)
    white, image = cloth("polos", "putih", 1), cloth(spec.motif, spec.palette, 0.6)
    skirt = panel(700, 330, 985, 800, 8)
    scene.shadow(skirt, strength=0.4)
    scene.fill(skirt, white, field(lambda x, y: 0.02 - 0.2 * x + 0.13 * math.sin(x * 30)), rim=0.2)
    scene.fill(panel(700, 700, 985, 800, 8), image, field(lambda x, y: 0.02 - 0.2 * x + 0.13 * math.sin(x * 30)))
    veil = curve([(470, 120), (556, 190), (600, 330), (742, 690), (470, 800), (198, 690), (340, 330), (384, 190)], 10)
    scene.shadow(veil, strength=0.45)

    def light(x: float, y: float) -> float:
        return 0.03 - 0.10 * x + 0.22 * y * math.sin((x - 0.5) / (0.25 + y) * 22)

    shade = field(light, 60, 48)
    scene.fill(veil, image, shade, rim=0.2)
    inner = turned([((x - 470) * 0.86 + 470, (y - 400) * 0.86 + 386) for x, y in veil], 0)
    scene.fill(inner, white, shade)
    scene.line([*inner, inner[0]], p.second, 4)
    face = oval(470, 258, 62, 84)
    scene.fill(face, mixed(p.light, "#5a4a3c", 0.55), field(lambda x, y: -0.1 + 0.3 * y))
    scene.line([*face, face[0]], p.main, 6)
    return scene


def headscarf(spec: PictureSpec) -> Scene:
    """A square scarf folded to a triangle, beside the same one folded small."""
    p, scene = PALETTES[spec.palette], paper(spec)
    image = cloth(spec.motif, spec.palette, 0.8, 12)
    triangle = turned([(240, 250), (1000, 230), (640, 800)], chance(spec).uniform(-5, 5))
    scene.shadow(moved(triangle, 4, 10), strength=0.42)
    scene.fill(moved(triangle, 6, 14), mixed(p.ground, "#000000", 0.15))

    def light(x: float, y: float) -> float:
        return 0.08 - 0.12 * x + 0.15 * math.sin((x - 0.52) / (1.15 - y) * 11)

    scene.fill(triangle, image, field(light, 60, 48), rim=0.2)
    for share, colour in ((0.03, p.main), (0.055, p.second)):
        middle = (sum(x for x, _ in triangle) / 3, sum(y for _, y in triangle) / 3)
        inner = [(x + (middle[0] - x) * share * 2, y + (middle[1] - y) * share * 2) for x, y in triangle]
        scene.line([*inner, inner[0]], colour, 4, 0.85)
    return scene


def cap(spec: PictureSpec) -> Scene:
    """Two caps (peci), one behind the other."""
    scene = paper(spec)
    for x, y, size, palette in ((760, 480, 0.85, _other(spec.palette)), (500, 560, 1.0, spec.palette)):
        p, wide, high = PALETTES[palette], 250 * size, 200 * size
        image = cloth(spec.motif, palette, 0.5)
        floor = oval(x, y + high * 0.62, wide * 1.04, 40 * size)
        scene.shadow(floor, 22, 14, 24, 0.55)
        body = [
            *[q for q in oval(x, y + high * 0.5, wide, 52 * size) if q[1] >= y + high * 0.5],
            (x - wide * 0.93, y - high * 0.5),
            (x + wide * 0.93, y - high * 0.5),
        ]
        scene.fill(body, image, field(lambda u, v: 0.25 - abs(u - 0.35) ** 1.5 * 1.3 - 0.1 * v))
        lid = oval(x, y - high * 0.5, wide * 0.93, 56 * size)
        scene.fill(lid, image, field(lambda u, v: 0.28 - 0.25 * u), rim=0.2)
        scene.line([*lid, lid[0]], p.accent, 4, 0.8)
        band = [
            (px, py - 26 * size) for px, py in oval(x, y + high * 0.5, wide * 0.995, 52 * size) if py >= y + high * 0.5
        ]
        scene.line(band, p.accent, 6, 0.8)
    return scene


def _other(palette: str) -> str:
    return {"hitam": "sogan", "sogan": "indigo", "indigo": "merah"}.get(palette, "hitam")


def tote(spec: PictureSpec) -> Scene:
    """A shoulder bag of canvas and cloth."""
    p, scene = PALETTES[spec.palette], paper(spec)
    image = cloth(spec.motif, spec.palette, 0.75)
    strap = curve([(470, 400), (480, 190), (600, 92), (720, 190), (730, 400)], 14, closed=False)
    scene.line(moved(strap, 10, 10), "#3a2c20", 24, 0.25)
    scene.line(strap, "#7d5230", 24)
    scene.line(moved(strap, -2, -3), "#a97a4f", 5, 0.7)
    body = curve([(372, 330), (600, 338), (828, 330), (852, 560), (838, 800), (600, 818), (362, 800), (348, 560)], 10)
    scene.shadow(body, 18, 22, 28, 0.5)
    scene.fill(body, image, _creases(spec, 0.1), rim=0.36)
    base = [q for q in body if q[1] > 690]
    scene.fill(
        sorted(base, key=lambda q: math.atan2(q[1] - 750, q[0] - 600)),
        "#c8ab80",
        field(lambda x, y: 0.06 - 0.2 * x - 0.2 * y),
        rim=0.2,
    )
    scene.line(curve([(354, 690), (600, 700), (846, 690)], 10, closed=False), p.accent, 5)
    scene.line(curve([(380, 350), (600, 358), (820, 350)], 10, closed=False), p.light, 3, 0.8)
    for x in (470, 730):
        scene.fill(panel(x - 20, 352, x + 20, 440, 6), "#7d5230", field(lambda u, v: 0.1 - 0.3 * v))
        scene.fill(oval(x, 420, 7, 7), "#d9b36a")
    return scene


def purse(spec: PictureSpec) -> Scene:
    """A flat purse with a zip, and a smaller one on top."""
    scene = paper(spec)
    for x, y, wide, high, angle, palette in (
        (560, 400, 340, 190, -8, spec.palette),
        (720, 600, 240, 140, 7, _other(spec.palette)),
    ):
        p = PALETTES[palette]
        body = turned(panel(x - wide, y - high, x + wide, y + high, 34), angle, (x, y))
        scene.shadow(body, 16, 22, 24, 0.48)
        scene.fill(
            body, cloth(spec.motif, palette, 0.6, angle), field(lambda u, v: 0.14 - 0.2 * u - 0.14 * v), rim=0.42
        )
        zip_line = turned([(x - wide + 30, y - high + 42), (x + wide - 30, y - high + 42)], angle, (x, y))
        scene.line(zip_line, "#6b4a2a", 18)
        scene.line(zip_line, "#d9b36a", 6)
        tab = turned(panel(x + wide - 62, y - high + 40, x + wide - 44, y - high + 112, 8), angle, (x, y))
        scene.shadow(tab, 3, 5, 5, 0.4)
        scene.fill(tab, "#7d5230", rim=0.2)
        stitch = turned(panel(x - wide + 14, y - high + 14, x + wide - 14, y + high - 14, 26), angle, (x, y))
        scene.line([*stitch, stitch[0]], p.light, 2, 0.5)
    return scene


def sandals(spec: PictureSpec) -> Scene:
    """A pair of sandals from above; an odd seed closes them at the toes."""
    p, scene = PALETTES[spec.palette], paper(spec)
    image = cloth(spec.motif, spec.palette, 0.5, 20)
    sole = curve(
        [
            (0, -310),
            (92, -270),
            (122, -150),
            (100, 0),
            (84, 120),
            (96, 230),
            (60, 310),
            (0, 330),
            (-60, 310),
            (-92, 220),
            (-84, 100),
            (-104, -40),
            (-112, -180),
            (-70, -285),
        ],
        8,
    )
    for side, x, angle in ((-1, 440, -9), (1, 760, 8)):

        def placed(shape: Shape, side: int = side, x: float = x, angle: float = angle) -> Shape:
            return turned([(x + side * a, 455 + b) for a, b in shape], angle, (x, 455))

        outer = placed(sole)
        scene.shadow(outer, 18, 24, 22, 0.5)
        scene.fill(moved(outer, 5, 9), "#4a2f1a")
        scene.fill(outer, "#caa374", field(lambda u, v: 0.12 - 0.16 * u - 0.06 * v), rim=0.3)
        inner = placed([(a * 0.88, b * 0.93) for a, b in sole])
        scene.line([*inner, inner[0]], "#8d6238", 2.5, 0.8)
        if spec.seed % 2:
            strap = placed(
                curve(
                    [(-100, -80), (-112, -190), (-70, -285), (0, -312), (90, -272), (122, -160), (104, -60), (0, -100)],
                    8,
                )
            )
            straps = [strap]
        else:
            straps = [
                placed(curve([(-108, -20), (-60, -118), (2, -212), (20, -196), (-30, -96), (-92, 44)], 8)),
                placed(curve([(106, -10), (76, -108), (18, -212), (0, -196), (46, -92), (94, 50)], 8)),
            ]
        for strap in straps:
            scene.shadow(strap, 6, 12, 9, 0.5)
            scene.fill(strap, image, field(lambda u, v: 0.2 - 0.3 * u - 0.1 * v), rim=0.4)
            scene.line([*strap, strap[0]], p.accent, 3, 0.8)
        if not spec.seed % 2:
            scene.fill(oval(*placed([(8, -204)])[0], 15, 15), p.accent, rim=0.4)
    return scene


SCENES = {
    "kemeja": shirt,
    "daster": dress,
    "gamis": gown,
    "celana": trousers,
    "mukena": prayer_veil,
    "kerudung": headscarf,
    "peci": cap,
    "tas": tote,
    "dompet": purse,
    "sandal": sandals,
}
