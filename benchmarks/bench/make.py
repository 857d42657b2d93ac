"""Fill the databases that are measured: python -m bench.make SIZE module|twentieth|stock DATABASE [SOURCE]"""

import subprocess
import sys
from pathlib import Path

from . import databases
from .sizes import SIZES, arguments, twentieth

GENERATE = Path(__file__).parents[1] / "generate.py"


def main():
    size, kind, database, *source = sys.argv[1:]
    if kind == "stock":
        return databases.mirror(*source, database)
    data = SIZES[size]["data"]
    wanted = arguments(data if kind == "module" else twentieth(data))
    return subprocess.run([sys.executable, str(GENERATE), database, *wanted], check=True)


if __name__ == "__main__":
    main()
