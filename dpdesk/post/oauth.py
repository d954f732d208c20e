"""A fresh OAuth 2 token for an officer's mail account, fetched over verified TLS with the refresh token the officer brought."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from urllib.parse import urlencode, urlsplit

from dpdesk.domain.errors import MailServer
from dpdesk.domain.secret import Secret
from dpdesk.post.smtp import safe_context

_LARGEST = 65_536


def fresh_token(url: str, client_id: str, client_secret: str, refresh: Secret, *, authority: str = "", timeout: float = 30) -> Secret:
    """The access token that `refresh` gets at `url` (https alone; a redirect is not followed); raises `MailServer`."""
    host = urlsplit(url).hostname or ""
    if urlsplit(url).scheme != "https":
        raise MailServer("no_tls", host)
    fields = {"grant_type": "refresh_token", "client_id": client_id, "refresh_token": refresh.text()}
    if client_secret:
        fields["client_secret"] = client_secret
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=safe_context(authority)), _Straight())
    request = urllib.request.Request(url, urlencode(fields).encode(), {"Accept": "application/json", "User-Agent": "Mozilla/5.0"})
    try:
        with opener.open(request, timeout=timeout) as answer:
            said = json.loads(answer.read(_LARGEST))
        return Secret(str(said["access_token"]))
    except urllib.error.HTTPError as problem:
        problem.close()
        raise MailServer("busy" if problem.code >= 500 else "token", host, str(problem.code)) from problem
    except urllib.error.URLError as problem:
        certificate = "CERTIFICATE_VERIFY_FAILED" in str(problem.reason)
        raise MailServer("certificate" if certificate else "unreachable", host) from problem
    except (ValueError, KeyError, TypeError) as problem:
        raise MailServer("token", host) from problem
    except OSError as problem:
        raise MailServer("unreachable", host) from problem


class _Straight(urllib.request.HTTPRedirectHandler):
    """A token is asked for where the officer said, nowhere else."""

    def redirect_request(self, *_: object) -> None:
        """No other place."""
        return
