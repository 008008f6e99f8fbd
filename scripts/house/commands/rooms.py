"""``rooms``: draws docs/images/rooms.svg from the code, and names the arrows against the order."""

from .. import rooms, rooms_picture
from ..progress import say


def main(_arguments: list[str]) -> int:
    rooms_picture.write()
    for link in rooms.against(rooms.model_links(), rooms.order()):
        say(f"{link.room} -> {link.other}: {link.how} in {link.place}")
    return 0
