"""Draws the rooms and their arrows as an SVG, from the code: ``scripts/rooms``."""

from html import escape
from pathlib import Path

from .. import paths
from . import plan

PICTURE = paths.ROOT / "docs" / "images" / "rooms.svg"

_WIDTH, _HEIGHT, _GAP, _FLOOR = 118, 34, 22, 74
_MARGIN, _TITLE = 30, 40
_STYLE = (
    "text{font:13px sans-serif;text-anchor:middle;fill:#1b2b34}"
    ".title{font-weight:bold;text-anchor:start}.small{font-size:11px;fill:#5b6b74}"
    "rect{fill:#eef4f7;stroke:#4a7a8c;rx:5}"
    ".down{stroke:#4a7a8c;fill:none;opacity:.55}.up{stroke:#c0392b;fill:none;stroke-dasharray:5 3}"
)
_HEADS = "".join(
    f'<marker id="{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
    f'orient="auto"><path d="M0 0L8 4L0 8z" fill="{colour}"/></marker>'
    for name, colour in (("d", "#4a7a8c"), ("u", "#c0392b"))
)


def draw() -> str:
    """The picture: rooms of the models above, rooms of the library below."""
    names = plan.order()
    links = plan.model_links()
    up = {(link.room, link.other) for link in plan.against(links, names)}
    down = {(link.room, link.other) for link in links} - up
    models, width, height = _part("models/: each room knows those below it", names, down, up, 0)
    ground = [*plan.library_rooms(), plan.GROUND]
    used = {(link.room, link.other) for link in plan.library_links()}
    library, wide, end = _part("sii/: pure Python, never Odoo", ground, used, set(), height)
    size = f'width="{max(width, wide)}" height="{end}"'
    note = (
        "An arrow: imports, extends a model of, or asks env for one. What other arrows say already "
        "is left out. Dashed: against the order, each named in docs/architecture.md."
    )
    models += f'\n<text class="small" x="{_MARGIN}" y="20" style="text-anchor:start">{note}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n<style>{_STYLE}</style>\n'
        f"<defs>{_HEADS}</defs>\n{models}\n{library}\n</svg>\n"
    )


def write(path: Path = PICTURE) -> None:
    """Write the picture where docs/architecture.md shows it."""
    path.write_text(draw(), encoding="utf-8")


def _part(title, names, down, up, top):
    """One block of rooms, on floors: its shapes, its width and where it ends."""
    floors = _floors(names, down)
    widest = max(len(floor) for floor in floors)
    width = 2 * _MARGIN + widest * (_WIDTH + _GAP) - _GAP
    places = {}
    for level, floor in enumerate(reversed(floors)):
        y = top + _TITLE + _MARGIN + level * _FLOOR
        start = (width - len(floor) * (_WIDTH + _GAP) + _GAP) / 2
        for index, name in enumerate(floor):
            places[name] = (start + index * (_WIDTH + _GAP), y)
    lines = [f'<text class="title" x="{_MARGIN}" y="{top + _TITLE}">{escape(title)}</text>']
    lines += [_arrow(places, pair, "down", "d") for pair in sorted(_direct(down))]
    lines += [_arrow(places, pair, "up", "u") for pair in sorted(up)]
    for name, (x, y) in places.items():
        lines.append(f'<rect x="{x:.0f}" y="{y:.0f}" width="{_WIDTH}" height="{_HEIGHT}"/>')
        lines.append(f'<text x="{x + _WIDTH / 2:.0f}" y="{y + 22:.0f}">{escape(name)}</text>')
    return "\n".join(lines), width, top + _TITLE + _MARGIN + len(floors) * _FLOOR


def _floors(names, down):
    """Rooms by how many others lie below them, from the ground up."""
    below = {name: {other for room, other in down if room == name} for name in names}
    level: dict[str, int] = {}

    def of(name, seen=()):
        if name not in level:
            others = [other for other in below[name] if other not in (*seen, name)]
            level[name] = 1 + max((of(other, (*seen, name)) for other in others), default=-1)
        return level[name]

    for name in names:
        of(name)
    return [
        [name for name in names if level[name] == floor] for floor in range(max(level.values()) + 1)
    ]


def _direct(pairs):
    """Arrows that no longer way of other arrows implies."""
    below: dict[str, set[str]] = {}
    for room, other in pairs:
        below.setdefault(room, set()).add(other)

    def reaches(start, goal, seen):
        for other in below.get(start, ()):
            if other == goal:
                return True
            if other not in seen:
                seen.add(other)
                if reaches(other, goal, seen):
                    return True
        return False

    return {
        (room, other)
        for room, other in pairs
        if not any(
            reaches(between, other, {room, between}) for between in below[room] if between != other
        )
    }


def _arrow(places, pair, kind, head):
    (x, y), (to_x, to_y) = places[pair[0]], places[pair[1]]
    down = to_y > y
    start = (x + _WIDTH / 2, y + (_HEIGHT if down else 0))
    end = (to_x + _WIDTH / 2, to_y + (0 if down else _HEIGHT))
    middle = (start[1] + end[1]) / 2
    path = (
        f"M{start[0]:.0f} {start[1]:.0f}C{start[0]:.0f} {middle:.0f} "
        f"{end[0]:.0f} {middle:.0f} {end[0]:.0f} {end[1]:.0f}"
    )
    return f'<path class="{kind}" d="{path}" marker-end="url(#{head})"/>'
