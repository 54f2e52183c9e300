"""Where the single-file program begins: the same command line as the package's."""

import os

# The program unpacks its libraries and names their folder here for its own start. git and the
# editor that it runs must find the system's libraries instead.
for _name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
    _before = os.environ.pop(f"{_name}_ORIG", None)
    os.environ.pop(_name, None)
    if _before is not None:
        os.environ[_name] = _before

# The certificates that this system trusts: OpenSSL looks for them where it was built. Windows has
# a store of its own.
for _file in (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian and its like
    "/etc/pki/tls/certs/ca-bundle.crt",  # Red Hat
    "/etc/ssl/ca-bundle.pem",  # SUSE
    "/etc/ssl/cert.pem",  # macOS, Alpine
):
    if os.name != "nt" and os.path.isfile(_file):
        os.environ.setdefault("SSL_CERT_FILE", _file)

from kimplan.cli import main  # noqa: E402

main()
