from . import test_cases
from . import test_reception
from . import test_owner_door
from . import test_ruling
from . import test_going_live
from . import test_queries
from . import test_ledger_guard
from . import test_ledger_verify
