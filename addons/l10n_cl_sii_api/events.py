"""The events that programs may ask for. What announces them: models/webhook/webhook_event.py."""

# name of an event -> field that asks for it
EVENTS = {
    "document.emitted": "on_emitted",
    "document.accepted": "on_accepted",
    "document.objected": "on_objected",
    "document.rejected": "on_rejected",
    "document.parked": "on_parked",
    "document.answered": "on_answered",
}
