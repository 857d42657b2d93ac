from . import test_cases
from . import test_reception
from . import test_owner_door
from . import test_ruling
from . import test_going_live
