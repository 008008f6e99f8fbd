"""The home of the app: what today asks of whom, over all rooms, and where its menus lead.

Reads the others, keeps nothing of its own but what a person wants to be mailed.
"""

from . import menus
