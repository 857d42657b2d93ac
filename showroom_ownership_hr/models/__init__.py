from . import crm_lead
from . import hr_employee
