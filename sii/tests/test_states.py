"""The table of states is whole, and the sets made of it are those that the product lives by."""

from sii import states


def test_what_a_state_becomes_is_a_state():
    for state in states.STATES.values():
        assert set(state.becomes) <= states.STATES.keys() - {state.name}
        assert all((state.label, state.word, state.icon, state.api))


def test_the_sets():
    assert states.SET_ASIDE == ("free", "reserved")
    assert states.LEGAL == ("accepted", "objected")
    assert states.FINAL == ("accepted", "objected", "rejected", "foreign")
    assert states.GIVEN_UP == ("void", "elsewhere")
    assert states.DEAD == ("rejected", "foreign", "void", "elsewhere")
    assert states.SIGNED == ("signed", "sent", "accepted", "objected", "exception")
    assert states.OPEN == ("pending", "signed", "sent", "rejected", "foreign", "exception")
    assert states.FAULTY == ("objected", "rejected", "foreign", "exception", "void", "elsewhere")


def test_what_is_legal_or_given_up_stays_so():
    for name in (*states.LEGAL, *states.GIVEN_UP):
        assert states.STATES[name].becomes == ()


def test_a_look_has_enough_contrast():
    def light(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05

    for state in states.STATES.values():
        assert light(state.look.tint) / light(state.look.ink) > 4.5
