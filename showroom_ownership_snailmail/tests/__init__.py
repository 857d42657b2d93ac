from . import test_letters
