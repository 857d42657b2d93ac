from . import export
from . import pivot
from . import webclient
