"""What programs are sent: events, their bodies and deliveries."""

from . import webhook
from . import webhook_delivery
from . import webhook_event
from . import webhook_answer
