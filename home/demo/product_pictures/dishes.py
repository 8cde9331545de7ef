"""Food without a package: tempe, tofu, fish, cakes, coffee, on trays, leaves and boards."""

from __future__ import annotations

import math

from home.demo.product_pictures.cloths import cloth
from home.demo.product_pictures.packages import table
from home.demo.product_pictures.spec import PictureSpec
from home.demo.product_pictures.studio import (
    Scene,
    Shape,
    chance,
    curve,
    field,
    mixed,
    moved,
    oval,
    panel,
    planks,
    turned,
)
from home.demo.product_pictures.textiles import paper

LEAF, LEAF_DARK = "#4c7a34", "#2f5722"


def tray(scene: Scene, x: float = 600, y: float = 480, radius: float = 360) -> None:
    """Lay a round tray of bamboo (tampah)."""
    rim = oval(x, y, radius, radius * 0.92, steps=72)
    scene.shadow(rim, 18, 24, 28, 0.5)
    scene.fill(rim, cloth("bambu", "bambu", 0.9, 40), field(lambda u, v: -0.12 - 0.1 * u))
    inner = oval(x, y, radius * 0.9, radius * 0.82, steps=72)
    scene.fill(inner, cloth("bambu", "bambu", 1.0, 8), field(lambda u, v: -0.02 + 0.12 * v - 0.05 * u), rim=0.3)
    for share in (0.995, 0.9):
        ring = oval(x, y, radius * share, radius * share * 0.92, steps=72)
        scene.line([*ring, ring[0]], "#8a6a35", 7 if share > 0.9 else 4, 0.85)


def leaf(scene: Scene, x: float, y: float, length: float, width: float, angle: float) -> None:
    """Lay a piece of banana leaf."""
    half = length / 2
    shape = turned(
        curve(
            [
                (x - half, y),
                (x - half * 0.5, y - width),
                (x + half * 0.5, y - width),
                (x + half, y),
                (x + half * 0.5, y + width),
                (x - half * 0.5, y + width),
            ],
            10,
        ),
        angle,
        (x, y),
    )
    scene.shadow(shape, 10, 12, 12, 0.4)
    scene.fill(shape, LEAF, field(lambda u, v: 0.12 - 0.2 * v + 0.05 * math.sin(u * 90)), rim=0.2)
    scene.line(turned([(x - half, y), (x + half, y)], angle, (x, y)), "#a9c47a", 5)
    for step in range(-9, 10):
        at = x + step * length / 21
        for side in (-1, 1):
            reach = width * 0.92 * (1 - (abs(step) / 10.5) ** 2.2) ** 0.5
            scene.line(turned([(at, y), (at + 10, y + side * reach)], angle, (x, y)), LEAF_DARK, 2, 0.4)


def _block(scene: Scene, shape: Shape, colour: str, thick: float, rim: float = 0.18) -> None:
    """A flat block with a side to the eye."""
    scene.shadow(shape, 12, thick + 8, 14, 0.45)
    scene.fill(moved(shape, 0, thick), mixed(colour, "#4a2f14", 0.38))
    for step in range(3):
        scene.fill(moved(shape, 0, thick * (2 - step) / 3), mixed(colour, "#4a2f14", 0.32 - 0.06 * step))
    scene.fill(shape, colour, field(lambda u, v: 0.16 - 0.14 * u - 0.1 * v), rim=rim)


def _beans(scene: Scene, shape: Shape, seed: object) -> None:
    numbers = chance("beans", seed)
    xs, ys = [x for x, _ in shape], [y for _, y in shape]
    beans = Scene(scene.image)
    for _ in range(round((max(xs) - min(xs)) * (max(ys) - min(ys)) / 900)):
        x, y = numbers.uniform(min(xs), max(xs)), numbers.uniform(min(ys), max(ys))
        bean = oval(x, y, 12, 9, numbers.uniform(0, 180), 12)
        beans.fill(bean, mixed("#e8cf92", "#c7a35c", numbers.uniform(0, 0.7)), opacity=0.75)
    scene.fill(shape, beans.image)


def tempe(spec: PictureSpec) -> Scene:
    """Boards of tempe on leaves; an odd seed wraps them."""
    scene = Scene(planks("#c9b294"))
    leaf(scene, 560, 480, 980, 230, -6)
    if spec.seed % 2:
        for x, y, angle in ((400, 350, -8), (720, 340, 5), (470, 580, 4), (800, 570, -7)):
            shape = turned(panel(x - 135, y - 88, x + 135, y + 88, 16), angle, (x, y))
            scene.shadow(shape, 14, 20, 16, 0.5)
            scene.fill(
                shape, "#5f8a40", field(lambda u, v: 0.16 - 0.2 * u - 0.1 * v + 0.05 * math.sin(v * 70)), rim=0.35
            )
            fold = turned([(x - 135, y - 88), (x, y + 6), (x + 135, y - 88)], angle, (x, y))
            scene.line(fold, LEAF_DARK, 4, 0.7)
            scene.line(turned([(x - 40, y - 90), (x - 40, y + 90)], angle, (x, y)), "#d9c48f", 8)
        return scene
    for number, (x, y, wide, high, angle) in enumerate(
        ((430, 400, 200, 140, -5), (780, 420, 170, 140, 4), (610, 640, 250, 80, -1))
    ):
        shape = turned(panel(x - wide, y - high, x + wide, y + high, 14), angle, (x, y))
        _block(scene, shape, "#f1e6cc", 44)
        _beans(scene, [(x + (a - x) * 0.96, y + (b - y) * 0.94) for a, b in shape], (spec.seed, number))
        scene.fill(shape, scene.image, field(lambda u, v: 0.16 - 0.14 * u - 0.1 * v), rim=0.2)
        if number == 2:
            for cut in range(1, 6):
                at = x - wide + cut * wide / 3
                scene.line([(at, y - high), (at, y + high + 40)], "#8a6c3c", 5, 0.75)
    return scene


def tofu(spec: PictureSpec) -> Scene:
    """Cubes of tofu on a tray of bamboo."""
    scene = table(spec)
    tray(scene)
    for row in range(4):
        for column in range(4):
            x, y = 425 + column * 116 + row % 2 * 10, 305 + row * 112
            colour = "#f7f1e3" if spec.seed % 2 == 0 else "#e9c46f"
            _block(
                scene,
                turned(panel(x - 46, y - 40, x + 46, y + 40, 8), chance(spec, row, column).uniform(-6, 6), (x, y)),
                colour,
                26,
            )
    return scene


def _fish(scene: Scene, x: float, y: float, length: float, angle: float, colour: str) -> None:
    h = length / 2
    body = curve(
        [
            (x - h, y),
            (x - h * 0.5, y - h * 0.27),
            (x + h * 0.2, y - h * 0.24),
            (x + h * 0.72, y - h * 0.06),
            (x + h, y - h * 0.26),
            (x + h * 0.92, y),
            (x + h, y + h * 0.26),
            (x + h * 0.72, y + h * 0.06),
            (x + h * 0.2, y + h * 0.22),
            (x - h * 0.5, y + h * 0.25),
        ],
        6,
    )
    body = turned(body, angle, (x, y))
    scene.shadow(body, 6, 9, 8, 0.45)
    scene.fill(body, colour, field(lambda u, v: 0.25 - 0.4 * v + 0.05 * math.sin(u * 60)), rim=0.35)
    scene.fill(
        oval(*turned([(x - h * 0.74, y - h * 0.05)], angle, (x, y))[0], h * 0.055, h * 0.055, steps=14), "#1c1714"
    )
    gill = curve([(x - h * 0.52, y - h * 0.2), (x - h * 0.44, y), (x - h * 0.54, y + h * 0.18)], 5, closed=False)
    scene.line(turned(gill, angle, (x, y)), mixed(colour, "#000000", 0.4), 2.5, 0.6)


def fish(spec: PictureSpec) -> Scene:
    """Dried fish side by side on a tray; "teri" strews many small ones."""
    scene = table(spec)
    tray(scene, radius=380)
    numbers = chance("fish", spec)
    if spec.motif == "teri":
        heap = oval(600, 480, 280, 250)
        scene.shadow(heap, 8, 14, 20, 0.35)
        for _ in range(330):
            share, turn = math.sqrt(numbers.random()), numbers.uniform(0, math.tau)
            x, y = 600 + 275 * share * math.cos(turn), 480 + 245 * share * math.sin(turn)
            tilt, length = numbers.uniform(0, math.tau), numbers.uniform(24, 36)
            dx, dy = length * math.cos(tilt), length * math.sin(tilt)
            tone = mixed("#efe6d4", "#9c9384", numbers.uniform(0, 0.7))
            scene.line([(x - dx + 3, y - dy + 5), (x + dx + 3, y + dy + 5)], "#3a2c1c", 7, 0.3)
            scene.line([(x - dx, y - dy), (x, y + 3), (x + dx, y + dy)], tone, 7)
            scene.line([(x - dx * 0.9, y - dy * 0.9), (x - dx * 0.8, y - dy * 0.8)], "#2b2622", 4)
        return scene
    colours = ("#b9a583", "#a9977a", "#c4b08c")
    for number in range(5):
        y = 270 + number * 104
        half = 300 - abs(number - 2) * 38
        _fish(
            scene,
            600 + numbers.uniform(-12, 12),
            y,
            half * 2,
            numbers.uniform(-4, 4) + (180 if number % 2 else 0),
            colours[number % 3],
        )
    return scene


def parcels(spec: PictureSpec) -> Scene:
    """Grilled rolls of banana leaf (otak-otak), one opened."""
    scene = Scene(planks("#b89b76"))
    for number in range(5):
        y = 230 + number * 108
        shape = turned(panel(250, y, 940, y + 74, 30), -5 + number)
        scene.shadow(shape, 12, 18, 14, 0.5)
        scene.fill(shape, "#7d8a3e", field(lambda u, v: 0.24 - 0.6 * abs(v - 0.35) + 0.08 * math.sin(u * 80)), rim=0.3)
        numbers = chance("char", spec.seed, number)
        for _ in range(7):
            spot = oval(numbers.uniform(330, 880), y + numbers.uniform(20, 56), numbers.uniform(14, 36), 9, steps=16)
            scene.fill(turned(spot, -5 + number), "#3a2a12", opacity=0.42)
        for x in (290, 905):
            scene.line(turned([(x - 16, y + 37), (x + 22, y + 37)], -5 + number), "#d9c48f", 7)
        if number == 2:
            meat = turned(panel(420, y + 6, 780, y + 66, 26), -3)
            scene.shadow(meat, 3, 5, 5, 0.4)
            scene.fill(meat, "#efdcc0", field(lambda u, v: 0.2 - 0.4 * abs(v - 0.4)), rim=0.25)
    return scene


def blocks(spec: PictureSpec) -> Scene:
    """Blocks of shrimp paste on a leaf."""
    scene = table(spec)
    leaf(scene, 600, 500, 1000, 240, 5)
    for x, y, angle in ((430, 400, -6), (700, 390, 5), (560, 590, 2), (835, 580, -4)):
        shape = turned(panel(x - 112, y - 74, x + 112, y + 74, 10), angle, (x, y))
        _block(scene, shape, "#7d4a45", 40, rim=0.3)
    return scene


def cakes(spec: PictureSpec) -> Scene:
    """Steamed cakes on a tray with leaf."""
    scene = table(spec)
    tray(scene, radius=370)
    leaf(scene, 600, 480, 600, 230, 12)
    for number in range(7):
        turn = math.tau * number / 6
        x, y = (600, 470) if number == 6 else (600 + 200 * math.cos(turn), 470 + 178 * math.sin(turn))
        colour = ("#f3ead6", "#d9a05a", "#b7c98a")[number % 3]
        base = oval(x, y + 20, 84, 70)
        scene.shadow(base, 10, 14, 12, 0.5)
        scene.fill(base, mixed(colour, "#5a3a18", 0.35))
        scene.fill(oval(x, y, 84, 70), colour, field(lambda u, v: 0.22 - 0.2 * u - 0.2 * v), rim=0.3)
        for piece in range(10):
            dot = chance(spec.seed, number, piece)
            scene.fill(
                oval(x + dot.uniform(-44, 44), y + dot.uniform(-34, 34), 6, 3, dot.uniform(0, 180), 10),
                "#fffaf0",
                opacity=0.8,
            )
    return scene


def coffee(spec: PictureSpec) -> Scene:
    """A cup from above, with beans and spices round it."""
    scene = Scene(planks("#b89b76"))
    numbers = chance("coffee", spec)
    for _ in range(70):
        turn, far = numbers.uniform(0, math.tau), numbers.uniform(330, 620)
        x, y, tilt = 600 + far * math.cos(turn), 460 + far * 0.72 * math.sin(turn), numbers.uniform(0, 180)
        bean = oval(x, y, 25, 17, tilt, 18)
        scene.shadow(bean, 5, 7, 5, 0.5)
        scene.fill(bean, mixed("#4a2a17", "#6b4023", numbers.random()), field(lambda u, v: 0.25 - 0.4 * v, 8, 8))
        scene.line(turned([(x - 20, y), (x, y + 3), (x + 20, y)], tilt, (x, y)), "#24120a", 3)
    for x, y, angle in ((235, 250, 24), (985, 660, -32)):
        stick = turned(panel(x - 120, y - 19, x + 120, y + 19, 12), angle, (x, y))
        scene.shadow(stick, 6, 10, 8, 0.5)
        scene.fill(stick, "#9b5b2c", field(lambda u, v: 0.3 - 0.9 * abs(v - 0.35)), rim=0.2)
        scene.line(turned([(x - 116, y), (x + 116, y)], angle, (x, y)), "#57300f", 4, 0.7)
    saucer = oval(600, 460, 290, 272, steps=72)
    scene.shadow(saucer, 20, 26, 28, 0.5)
    scene.fill(saucer, "#f4efe6", field(lambda u, v: 0.1 - 0.2 * u - 0.1 * v), rim=0.15)
    cup = oval(600, 452, 190, 178, steps=60)
    scene.shadow(cup, 14, 20, 18, 0.4)
    handle = turned(panel(775, 420, 905, 484, 32), 24, (600, 452))
    scene.shadow(handle, 10, 14, 12, 0.4)
    scene.fill(handle, "#efe9de", rim=0.3)
    scene.fill(cup, "#fbf8f2", field(lambda u, v: 0.06 - 0.14 * u), rim=0.12)
    drink = oval(600, 454, 166, 155, steps=60)
    scene.fill(drink, "#3a2012", field(lambda u, v: -0.1 + 0.22 * u + 0.1 * v), rim=0.3)
    ring = oval(600, 454, 158, 147, steps=60)
    scene.line([*ring, ring[0]], "#a5713f", 5, 0.6)
    return scene


def bowl(spec: PictureSpec) -> Scene:
    """A bowl of spice paste from above, what it is made of beside it."""
    scene = table(spec) if spec.seed % 2 else paper(spec)
    numbers = chance("bowl", spec)
    outer = oval(600, 470, 270, 252, steps=72)
    scene.shadow(outer, 22, 28, 28, 0.5)
    scene.fill(outer, "#7a5638", field(lambda u, v: 0.15 - 0.3 * u - 0.1 * v), rim=0.3)
    paste = oval(600, 466, 226, 208, steps=60)
    colour = {"megono": "#a98a45"}.get(spec.motif, "#9c3f22")
    scene.fill(
        paste, colour, field(lambda u, v: -0.1 + 0.16 * math.sin(u * 19 + 5 * math.sin(v * 8)) + 0.1 * v), rim=0.4
    )
    for _ in range(70):
        x, y = numbers.gauss(600, 80), numbers.gauss(466, 74)
        scene.fill(
            oval(x, y, 9, 5, numbers.uniform(0, 180), 10),
            mixed(colour, "#ffdf9a", numbers.uniform(0.2, 0.6)),
            opacity=0.7,
        )
    for number in range(7):
        x, y = ((190, 230), (250, 330), (150, 700), (990, 250), (1040, 370), (960, 720), (1050, 640))[number]
        if number % 2:
            chilli = turned(
                curve([(x - 100, y), (x - 20, y - 22), (x + 100, y - 8), (x - 10, y + 16)], 8),
                numbers.uniform(-50, 50),
                (x, y),
            )
            scene.shadow(chilli, 6, 9, 8, 0.45)
            scene.fill(chilli, "#b8261f", field(lambda u, v: 0.35 - 0.6 * v), rim=0.3)
        else:
            shallot = curve([(x - 52, y + 6), (x, y - 44), (x + 66, y - 6), (x + 4, y + 46)], 8)
            scene.shadow(shallot, 8, 12, 10, 0.45)
            scene.fill(
                shallot, "#9d4a62", field(lambda u, v: 0.3 - 0.3 * u - 0.2 * v + 0.08 * math.sin(v * 40)), rim=0.35
            )
    return scene


SCENES = {
    "tempe": tempe, "tahu": tofu, "ikan": fish, "otak-otak": parcels, "terasi": blocks, "kue": cakes, "kopi": coffee,
    "mangkuk": bowl,
}  # fmt: skip
