from . import hr_leave
from . import res_users
