"""The events that programs may ask for.

A new event is a line here, its Boolean in ``models/webhook/webhook.py``, its box in
``views/webhook_views.xml``, and what announces it: ``models/webhook/webhook_event.py``, or
``webhook_answer.py`` for the answers of customers.
"""

# name of an event -> field that asks for it
EVENTS = {
    "document.emitted": "on_emitted",
    "document.accepted": "on_accepted",
    "document.objected": "on_objected",
    "document.rejected": "on_rejected",
    "document.parked": "on_parked",
    "document.answered": "on_answered",
}
