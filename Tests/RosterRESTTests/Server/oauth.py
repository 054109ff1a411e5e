"""What the server knows of OAuth, written from the RFCs and not from the client."""

import base64
import hashlib
import hmac
import re
import secrets
import threading
import urllib.parse


class Nonces:
    def __init__(self):
        self.seen = set()
        self.lock = threading.Lock()

    def is_new(self, nonce):
        with self.lock:
            known = nonce in self.seen
            self.seen.add(nonce)
            return not known


class Tokens:
    """Client credentials: each token lives for as many requests as the settings say."""

    def __init__(self, settings):
        self.settings = settings
        self.left = {}
        self.given = 0
        self.lock = threading.Lock()

    def answer(self, headers, form):
        known = f"{urllib.parse.quote_plus(self.settings['id'])}:{urllib.parse.quote_plus(self.settings['secret'])}"
        scheme, _, rest = headers.get("Authorization", "").partition(" ")
        sent = base64.b64decode(rest).decode()
        unquoted = [urllib.parse.unquote_plus(part) for part in sent.split(":")]
        if scheme != "Basic" or unquoted != [self.settings["id"], self.settings["secret"]] or known.count(":") != 1:
            return 401, {"error": "invalid_client"}
        if form.get("grant_type") != ["client_credentials"]:
            return 400, {"error": "unsupported_grant_type"}
        if form.get("scope", [""])[0] != self.settings.get("scope", ""):
            return 400, {"error": "invalid_scope"}
        token = secrets.token_urlsafe(24)
        with self.lock:
            self.given += 1
            isLast = self.given > self.settings.get("tokens", 1_000)
            self.left[token] = 0 if isLast else self.settings.get("requestsPerToken", 1_000_000)
        return 200, {"access_token": token, "token_type": "Bearer", "expires_in": self.settings.get("expiresIn", 3600)}

    def accepts(self, header):
        scheme, _, token = header.partition(" ")
        with self.lock:
            if scheme != "Bearer" or self.left.get(token, 0) <= 0:
                return False
            self.left[token] -= 1
            return True


def escape(text):
    return urllib.parse.quote(text, safe="-._~")


def signature(method, address, pairs, secret):
    """HMAC-SHA256 over the signature base string of RFC 5849 3.4.1."""
    sorted_pairs = sorted((escape(name), escape(value)) for name, value in pairs)
    parameters = "&".join(f"{name}={value}" for name, value in sorted_pairs)
    base = "&".join([method, escape(address), escape(parameters)])
    code = hmac.new(f"{escape(secret)}&".encode(), base.encode(), hashlib.sha256).digest()
    return base64.b64encode(code).decode()


def signature_is_right(header, method, address, query, settings, nonces):
    if not header.startswith("OAuth "):
        return False
    own = {name: urllib.parse.unquote(value) for name, value in re.findall(r'(\w+)="([^"]*)"', header)}
    sent = own.pop("oauth_signature", "")
    if own.get("oauth_consumer_key") != settings["id"] or own.get("oauth_signature_method") != "HMAC-SHA256":
        return False
    if abs(int(own.get("oauth_timestamp", "0")) - settings["now"]) > 300 or not nonces.is_new(own.get("oauth_nonce")):
        return False
    return hmac.compare_digest(sent, signature(method, address, query + list(own.items()), settings["secret"]))


if __name__ == "__main__":
    # A vector for the client's tests: method, address and secret, then pairs of names and values.
    import sys

    arguments = sys.argv[1:]
    print(signature(*arguments[:2], list(zip(arguments[3::2], arguments[4::2])), arguments[2]))
