from . import models
from . import wizards
from . import dispatcher
from . import register_dispatcher
