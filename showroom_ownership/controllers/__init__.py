from . import export
from . import pivot
from . import unfollow
from . import webclient
