"""``rooms``: draws docs/images/rooms.svg from the code, and names the arrows against the order."""

from ..progress import show
from ..rooms import picture, plan


def main(_arguments: list[str]) -> int:
    picture.write()
    for link in plan.against(plan.model_links(), plan.order()):
        show(f"{link.room} -> {link.other}: {link.how} in {link.place}")
    return 0
