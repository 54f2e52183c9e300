"""Why a mail server did not do what it was asked, as a phrase for a person."""

from __future__ import annotations

import smtplib
import socket
import ssl

from kimplan.characters import make_visible
from kimplan.mail.server import Server

_LONGEST = 200  # characters of what a server says
_EXPIRED, _WRONG_NAME = 10, 62  # OpenSSL's X509_V_ERR_CERT_HAS_EXPIRED and _HOSTNAME_MISMATCH
_UNKNOWN = {18, 19, 20, 21}  # certificates that nobody known has signed
_NO_TLS = {"WRONG_VERSION_NUMBER", "UNEXPECTED_MESSAGE", "RECORD_LAYER_FAILURE"}
_PHRASES: dict[type[Exception], str] = {
    socket.gaierror: "there is no server of that name, or no network",
    ConnectionRefusedError: "nothing listens there",
    ConnectionError: "it broke the connection",
    UnicodeError: "the user or the password has letters that mail servers do not take",
}


def reason(error: Exception, server: Server) -> str:
    """Return why something failed, in words; the password is not among them."""
    text = _of_smtp(error, server) if isinstance(error, smtplib.SMTPException) else ""
    return text or _of_network(error, server)


def _of_smtp(error: smtplib.SMTPException, server: Server) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{_refusal(error)}: {_said(error, server)}"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        # smtplib says so also of what the network reports while it waits for an answer.
        cause = error.__context__
        if isinstance(cause, TimeoutError | ConnectionError):
            return _of_network(cause, server)
        return "it closed the connection"
    if not isinstance(error, smtplib.SMTPNotSupportedError):
        return f"it did not let us in: {_clean(str(error), server)}"
    if "STARTTLS" in str(error):
        return "it offers no TLS (STARTTLS), without which nothing is sent"
    return "it takes no user and password here"


def _refusal(error: smtplib.SMTPResponseException) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "it refused the user or the password"
    is_temporary = 400 <= error.smtp_code < 500
    return "put off by the server for now" if is_temporary else "refused by the server"


def _said(error: smtplib.SMTPResponseException, server: Server) -> str:
    said = error.smtp_error
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return _clean(f"{error.smtp_code} {text}", server)


def _clean(text: str, server: Server) -> str:
    line = " ".join(text.split())
    if server.password:
        line = line.replace(server.password, "…")
    line = make_visible(line)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _of_network(error: Exception, server: Server) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _of_certificate(error)
    if isinstance(error, ssl.SSLError):
        return _of_tls(error, server)
    if isinstance(error, TimeoutError):
        return f"it did not answer within {server.patience:g} seconds"
    known = (phrase for kind, phrase in _PHRASES.items() if isinstance(error, kind))
    unknown = _clean(getattr(error, "strerror", None) or type(error).__name__, server)
    return next(known, unknown)


def _of_tls(error: ssl.SSLError, server: Server) -> str:
    if error.reason in _NO_TLS:
        return "it does not speak TLS from the beginning there; smtp:// with port 587 may be meant"
    return f"TLS failed: {_clean(error.reason or 'no reason given', server)}"


def _of_certificate(error: ssl.SSLCertVerificationError) -> str:
    if error.verify_code == _EXPIRED:
        return "its certificate has expired"
    if error.verify_code == _WRONG_NAME:
        return "its certificate is for another name"
    if error.verify_code in _UNKNOWN:
        return "its certificate is signed by nobody that this machine trusts"
    return f"its certificate cannot be trusted: {make_visible(error.verify_message)}"
