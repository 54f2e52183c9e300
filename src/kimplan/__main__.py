"""``python -m kimplan`` is the same command as ``kimplan``."""

from kimplan.cli import main

if __name__ == "__main__":
    main()
