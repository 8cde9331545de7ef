"""Cloth in the studio: hung over a rod, folded, piled up, rolled, and seen from near."""

from __future__ import annotations

import math

from PIL import Image

from home.demo.product_pictures.cloths import cloth
from home.demo.product_pictures.spec import PALETTES, PictureSpec
from home.demo.product_pictures.studio import (
    BACKDROPS,
    HEIGHT,
    WIDTH,
    Scene,
    Shape,
    backdrop,
    chance,
    curve,
    down,
    field,
    lit,
    mixed,
    moved,
    oval,
    panel,
    turned,
)

MESH = 12  # quadrilaterals a side that a cloth is bent in


def paper(spec: PictureSpec) -> Scene:
    """Return an empty studio, its colour chosen by the seed."""
    names = list(BACKDROPS)
    return Scene(backdrop(names[(spec.seed + len(spec.motif)) % len(names)]))


def bent(image: Image.Image, strength: float, phase: float) -> Image.Image:
    """Return a cloth that lies in soft waves: its pattern follows them."""

    def at(x: float, y: float) -> tuple[float, float]:
        return (
            min(WIDTH, max(0.0, x + strength * math.sin(x / 130 + y / 310 + phase))),
            min(HEIGHT, max(0.0, y + strength * 0.7 * math.sin(x / 170 - y / 190 + phase * 2))),
        )

    quads = []
    for row in range(MESH):
        for column in range(MESH):
            left, right = column * WIDTH // MESH, (column + 1) * WIDTH // MESH
            top, bottom = row * HEIGHT // MESH, (row + 1) * HEIGHT // MESH
            corners = (at(left, top), at(left, bottom), at(right, bottom), at(right, top))
            quads.append(((left, top, right, bottom), tuple(value for corner in corners for value in corner)))
    return image.transform(image.size, Image.Transform.MESH, quads, Image.Resampling.BILINEAR)


def near(spec: PictureSpec) -> Scene:
    """The pattern from near, in folds that light falls on from the left."""
    numbers = chance("near", spec)
    angle, phase = numbers.uniform(-24, 24), numbers.uniform(0, math.tau)
    lean, waves = numbers.uniform(0.25, 0.7), numbers.uniform(2.1, 2.9)
    image = bent(cloth(spec.motif, spec.palette, 1.5, round(angle)), 22, phase)

    def light(x: float, y: float) -> float:
        wave = math.sin((x + y * lean) * waves * math.tau / 1.6 + phase + 0.5 * math.sin(y * 4))
        ridge = math.copysign(abs(wave) ** 1.5, wave)
        return 0.32 * ridge - 0.05 - 0.22 * math.hypot(x - 0.4, y - 0.35) ** 2

    return Scene(lit(image, field(light)))


def hung(spec: PictureSpec) -> Scene:
    """A whole cloth over a wooden rod, its back a little longer."""
    return _hung(spec, 250, 950, 0)


def draped(spec: PictureSpec) -> Scene:
    """A narrow shawl with fringes over a rod."""
    return _hung(spec, 395, 805, 34)


def _hung(spec: PictureSpec, left: float, right: float, fringe: float) -> Scene:
    numbers, p, scene = chance("hung", spec), PALETTES[spec.palette], paper(spec)
    folds = numbers.randint(4, 6) * (right - left) / 700
    phase = numbers.uniform(0, math.tau)
    rod = panel(120, 108, 1080, 130, 11)
    scene.shadow(rod, 10, 34, 16, 0.28)
    scene.fill(rod, "#a97a4a", down(150, 190, 128, 80))

    def hem(bottom: float, depth: float) -> Shape:
        xs = [left + (right - left) * step / 24 for step in range(25)]
        lower = [(x, bottom + depth * math.sin((x - left) / (right - left) * folds * math.tau + phase)) for x in xs]
        return [(left + 8, 104), (right - 8, 104), *reversed(lower)]

    back = moved(hem(812 - fringe, 5), 14, 6)
    front = hem(756 - fringe, 6)
    scene.shadow(back, 22, 24, 26, 0.36)
    image = cloth(spec.motif, spec.palette, 0.82)
    for piece, dark in ((back, -0.36), (front, 0.0)):
        if fringe:
            for x, y in piece[2:]:
                for shift in (-7, 0, 7):
                    scene.line(
                        [(x + shift, y - 4), (x + shift + numbers.uniform(-4, 4), y + fringe)],
                        p.main if not dark else p.second,
                        2.4,
                    )

        def light(x: float, y: float, dark: float = dark) -> float:
            wave = math.sin(x * folds * math.tau + phase + 0.35 * math.sin(y * 3))
            top = 0.5 * math.exp(-((y - 0.015) ** 2) / 0.0004) - 0.25 * math.exp(-((y - 0.055) ** 2) / 0.0005)
            return dark + 0.30 * wave * (0.35 + 0.65 * y) + top - 0.10 * x - 0.06 * y

        scene.fill(piece, image, field(light, 48, 60))
        if not fringe:
            border = [(x, y - 14) for x, y in piece[2:]]
            scene.line(border, p.main, 5, 0.9)
            scene.line([(x, y - 24) for x, y in piece[2:]], p.accent, 3, 0.9)
            scene.line([(x, y - 2) for x, y in piece[2:]], mixed(p.ground, "#000000", 0.35), 2, 0.6)
    return scene


def folded(spec: PictureSpec) -> Scene:
    """A folded cloth from above, one corner turned back, tied with a paper band."""
    numbers, p, scene = chance("folded", spec), PALETTES[spec.palette], paper(spec)
    angle = numbers.uniform(-9, 9)
    left, top, right, bottom = 270, 190, 930, 720
    layers = 5
    whole = turned(panel(left, top, right + 14, bottom + 26, 12), angle)
    scene.shadow(whole, 20, 28, 30, 0.48)
    image = cloth(spec.motif, spec.palette, 0.9, round(angle))
    for layer in range(layers, 0, -1):
        edge = turned(panel(left + layer * 1.5, top + 4, right + layer * 2.6, bottom + layer * 5.2, 14), angle)
        scene.fill(edge, mixed(p.ground, "#000000", 0.12) if layer % 2 else mixed(p.ground, p.light, 0.35), rim=0.1)
    sheet = turned(panel(left, top, right, bottom, 12), angle)
    phase = numbers.uniform(0, math.tau)

    def light(x: float, y: float) -> float:
        soft = 0.05 * math.sin(x * 7 + y * 5 + phase) + 0.05 * math.sin(y * 9 - x * 4)
        crease = -0.10 * math.exp(-((x - 0.5) ** 2) / 0.0006) + 0.10 * math.exp(-((x - 0.53) ** 2) / 0.0008)
        return 0.10 - 0.20 * x - 0.16 * y + soft + crease

    scene.fill(sheet, bent(image, 5, phase), field(light, 60, 45), rim=0.22)
    if spec.label:
        _band(scene, spec, angle)
    else:
        corner = turned([(right - 190, bottom), (right, bottom - 170), (right - 158, bottom - 152)], angle)
        hole = turned([(right - 190, bottom), (right, bottom - 170), (right + 2, bottom + 2)], angle)
        scene.fill(hole, mixed(p.ground, p.light, 0.25), field(lambda x, y: -0.12 + 0.2 * (x + y - 1)))
        scene.shadow(corner, 10, 12, 10, 0.35)
        scene.fill(corner, mixed(p.ground, p.light, 0.5), field(lambda x, y: 0.25 - 0.35 * (1 - x) - 0.2 * y), rim=0.12)
    return scene


def _band(scene: Scene, spec: PictureSpec, angle: float) -> None:
    band = turned(panel(268, 400, 936, 515), angle)
    scene.shadow(band, 3, 6, 6, 0.3)
    scene.fill(band, "#c9a878", field(lambda x, y: 0.12 - 0.25 * x + 0.04 * math.sin(x * 60)))
    words = Scene(Image.new("RGB", (WIDTH, HEIGHT), "#000000"))
    words.write(spec.label, WIDTH / 2, 457, 40, "#ffffff", 0.8)
    card = words.image.getchannel(0).crop((268, 400, 936, 515))
    sheet = Image.new("L", (WIDTH, HEIGHT))
    sheet.paste(card, (268, 400))
    scene.image.paste("#3d2713", mask=sheet.rotate(-angle, Image.Resampling.BICUBIC))


def pile(spec: PictureSpec) -> Scene:
    """Folded cloths on top of each other, their folds towards the eye."""
    numbers, scene = chance("pile", spec), paper(spec)
    palettes = _kin(spec.palette)
    count, height = 4, 112
    bottom = 760.0
    floor = oval(600, 770, 420, 26)
    scene.shadow(floor, 14, 6, 26, 0.55)
    for at in range(count):
        palette = palettes[at % len(palettes)]
        p = PALETTES[palette]
        left, right = 275 + numbers.uniform(-16, 16), 925 + numbers.uniform(-16, 16)
        top = bottom - height
        sag = 7
        body = [
            *curve([(left + 30, top), (600, top + sag), (right - 30, top)], 8, closed=False),
            *curve(
                [
                    (right - 30, top),
                    (right - 4, top + 22),
                    (right, top + height / 2),
                    (right - 4, bottom - 22),
                    (right - 30, bottom),
                ],
                8,
                closed=False,
            ),
            *curve([(right - 30, bottom), (600, bottom + 3), (left + 30, bottom)], 8, closed=False),
            *curve(
                [
                    (left + 30, bottom),
                    (left + 4, bottom - 22),
                    (left, top + height / 2),
                    (left + 4, top + 22),
                    (left + 30, top),
                ],
                8,
                closed=False,
            ),
        ]
        scene.shadow(body, 6, 12, 12, 0.35)
        scene.fill(body, cloth(spec.motif, palette, 0.72, 0), down(150, 176, 160, 138, 120, 92, 52), rim=0.25)
        for share in (0.36, 0.68):
            y = top + height * share
            seam = curve([(left + 22, y), (600, y + 5), (right - 14, y)], 10, closed=False)
            scene.line(seam, mixed(p.ground, "#000000", 0.6), 4, 0.55)
            scene.line(moved(seam, 0, 5), p.light, 2, 0.35)
        bottom = top + 5
    return scene


def _kin(palette: str) -> list[str]:
    """Palettes that lie well beside one."""
    families = (
        ("indigo", "biru", "tosca"),
        ("sogan", "krem", "hitam"),
        ("mawar", "mint", "kuning", "lila"),
        ("merah", "krem", "hijau"),
        ("abu", "putih", "indigo"),
    )
    for family in families:
        if palette in family:
            at = family.index(palette)
            return [*family[at:], *family[:at]]
    return [palette]


def rolls(spec: PictureSpec) -> Scene:
    """Three rolls of cloth, one unrolled towards the eye."""
    scene = paper(spec)
    palettes = _kin(spec.palette)
    for at, (left, top) in enumerate(((215, 215), (255, 395))):
        _roll(scene, spec, palettes[(at + 1) % len(palettes)], left, top, 700, 165)
    sheet = [(300, 660), (1010, 660), (1075, 905), (250, 905)]
    scene.shadow(sheet, 16, 12, 20, 0.35)
    scene.fill(sheet, cloth(spec.motif, spec.palette, 0.9), down(70, 120, 150, 138, 122))
    _roll(scene, spec, spec.palette, 300, 565, 710, 165)
    return scene


def _roll(scene: Scene, spec: PictureSpec, palette: str, left: float, top: float, width: float, height: float) -> None:
    p = PALETTES[palette]
    middle = top + height / 2
    body = panel(left, top, left + width, top + height)
    end = oval(left + width, middle, height * 0.3, height / 2)
    body = [*body[:2], *[point for point in end if point[0] >= left + width], *body[2:]]
    scene.shadow(
        [(x, y) for x, y in panel(left - 20, top + 30, left + width + 40, top + height + 6, 30)], 12, 18, 22, 0.5
    )
    start = oval(left, middle, height * 0.3, height / 2)
    scene.fill(
        panel(left, top, left + width, top + height),
        cloth(spec.motif, palette, 0.8),
        down(110, 168, 190, 150, 118, 84, 44),
    )
    scene.fill(end, mixed(p.ground, p.light, 0.25), field(lambda x, y: 0.05 - 0.3 * y))
    for ring in range(1, 8):
        share = 1 - ring / 8
        scene.line(
            [*oval(left + width, middle, height * 0.3 * share, height / 2 * share), (left + width + height * 0.3 * share, middle)],
            mixed(p.ground, "#000000", 0.35), 2.2, 0.7,
        )  # fmt: skip
    scene.fill(oval(left + width, middle, 9, 14), "#b88c5a")
    scene.fill(
        [point for point in start if point[0] <= left + 1],
        cloth(spec.motif, palette, 0.8),
        down(110, 168, 190, 150, 118, 84, 44),
    )


SCENES = {
    "gantung": hung,
    "selendang": draped,
    "lipat": folded,
    "tumpuk": pile,
    "gulung": rolls,
    "dekat": near,
}
