"""Where the single-file program begins: the same command line as the package's."""

import os

# The program unpacks its libraries and names their folder here for its own start. git and the
# editor that it runs must find the system's libraries instead.
for _name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
    _before = os.environ.pop(f"{_name}_ORIG", None)
    if _before is None:
        os.environ.pop(_name, None)
    else:
        os.environ[_name] = _before

from kimplan.cli import main  # noqa: E402

main()
