"""A browser's bare bones: cookies, forms, one kept connection."""

import html
import http.client
import re
import urllib.parse
from dataclasses import dataclass
from email.message import Message

# What everybody chooses.
PASSWORD = "violet harbour trumpet otter"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    content: bytes


class Visitor:
    def __init__(self, url: str, public: str | None = None, patience: float = 120) -> None:
        """`public` is the address that people see, where it is another one than where the server listens; `patience` is
        how long an answer may take, in seconds."""
        self.url = urllib.parse.urlsplit(url)
        self.public = urllib.parse.urlsplit(public or url)
        self.connection = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=patience)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, form: list[tuple[str, str]] | None = None) -> tuple[int, str, bytes]:
        """The status, where it leads, and the body."""
        answer = self.send(method, path, form)
        return answer.status, answer.headers.get("Location", ""), answer.content

    def send(self, method: str, path: str, form: list[tuple[str, str]] | None = None) -> Answer:
        """The same with all headers."""
        if form is None:
            return self.send_body(method, path, None, None)
        return self.send_body(method, path, urllib.parse.urlencode(form).encode(), "application/x-www-form-urlencoded")

    def send_body(self, method: str, path: str, body: bytes | None, kind: str | None) -> Answer:
        headers = {
            "Host": self.public.netloc, "Origin": f"{self.public.scheme}://{self.public.netloc}",
            "Sec-Fetch-Site": "same-origin",
        }
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if kind:
            headers["Content-Type"] = kind
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name.strip()] = value.strip()
        return Answer(answer.status, answer.headers, content)

    def get(self, path: str) -> str:
        """A page; follows where it leads."""
        status, location, content = self.ask("GET", path)
        if status in (302, 303, 308):
            return self.get(local(location))
        assert status == 200, f"GET {path}: {status}"
        return content.decode()

    def post(self, path: str, form: list[tuple[str, str]]) -> tuple[str, bytes]:
        """Posts; returns where it leads, and the body where it leads nowhere."""
        status, location, content = self.ask("POST", path, form)
        assert status in (200, 303), f"POST {path}: {status} {content[:400]!r}"
        return local(location) if location else "", content

    def sign_in(self, username: str, password: str) -> bool:
        self.cookies.clear()
        status, _, _ = self.ask("POST", "/sign-in", [("username", username), ("password", password)])
        return status == 303

    def activate(self, link: str, password: str) -> None:
        """Chooses the first password behind a link."""
        path = local(link)
        self.get(path)
        self.post(path, [("password", password)])


def local(address: str) -> str:
    parts = urllib.parse.urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no hidden field {name}"
    return html.unescape(found.group(1))
