"""Mail servers that hand over what came back, good ones and others. A line of JSON in for each, a line of JSON out."""

import base64
import json
import smtplib
import socket
import sys


def connect(wish: dict) -> socket.socket:
    if wish.get("path"):
        line = socket.socket(socket.AF_UNIX)
        line.connect(wish["path"])
    else:
        line = socket.create_connection(("127.0.0.1", wish["port"]))
    line.settimeout(30)
    return line


def hand_over(wish: dict) -> dict:
    """As Python's own client does it."""
    client = smtplib.LMTP(wish.get("path") or "127.0.0.1", wish["port"], local_hostname="mail.test", timeout=30)
    try:
        client.sendmail("", [wish["recipient"]], base64.b64decode(wish["message"]))
        return {"heard": "taken"}
    except smtplib.SMTPException as refusal:
        return {"heard": str(refusal)}
    finally:
        client.close()


def talk(wish: dict) -> dict:
    """Sends all at once, so many times, and listens to the end, or to a line that begins with `until`."""
    line = connect(wish)
    heard = b""
    try:
        for _ in range(wish.get("times", 1)):
            line.sendall(wish["text"].encode())
    except (BrokenPipeError, ConnectionResetError):
        pass
    try:
        while piece := line.recv(65536):
            heard += piece
            if wish.get("until") and any(
                each.startswith(wish["until"].encode()) for each in heard.split(b"\r\n")[:-1]):
                break
    except ConnectionResetError:
        pass
    if wish.get("keep"):
        kept.append(line)
    else:
        line.close()
    return {"heard": heard.decode()}


def leave(_: dict) -> dict:
    """Closes one of the lines that were kept."""
    kept.pop().close()
    return {"heard": "bye"}


def drip(wish: dict) -> dict:
    """Sends one byte after the other for as long as the line holds."""
    line = connect(wish)
    line.sendall(wish["text"].encode())
    line.settimeout(0.05)
    heard = b""
    try:
        while True:
            try:
                piece = line.recv(65536)
                if not piece:
                    break
                heard += piece
            except TimeoutError:
                line.sendall(b"x")
    except (BrokenPipeError, ConnectionResetError):
        pass
    line.close()
    return {"heard": heard.decode()}


kept: list[socket.socket] = []
for wish in map(json.loads, sys.stdin):
    way = leave if wish.get("leaves") else hand_over if "message" in wish else drip if wish.get("drips") else talk
    print(json.dumps(way(wish)), flush=True)
