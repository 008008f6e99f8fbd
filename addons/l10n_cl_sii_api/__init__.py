from . import models
from . import dispatcher
from . import register_dispatcher
