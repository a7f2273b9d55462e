"""A real `mentord serve`: started, spoken to, looked into, stopped."""

import json
import os
import re
import socket
import subprocess
import threading
import time
from datetime import datetime, timedelta, timezone

import requests

PATIENCE = 30


ROW_COUNTS = """
    select 'work', count(*)::text from jobs where dead_at is null and (due_at <= now() or lease is not null)
    union all
    select table_name, (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I', table_name), false, true, '')))[1]::text
    from information_schema.tables where table_schema = 'public'
"""


def until(look, what, patience=PATIENCE):
    """Looks again and again until something true comes back, and gives that."""
    deadline = time.monotonic() + patience
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < deadline, f"in {patience} s there was no {what}"
        time.sleep(0.03)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Times:
    """Start times that do not overlap, so that no test takes a mentor's time from another."""

    def __init__(self):
        self.last = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(days=7)

    def next(self):
        self.last += timedelta(hours=3)
        return self.last


def written(moment):
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class Person:
    """Somebody of a community, with a token for both scopes."""

    def __init__(self, community, username):
        self.community = community
        self.username = username
        self.uri = f"{community.origin}/users/{username}"
        self.handle = f"{username}@{community.authority}"
        self.token = community.token(username)

    def __repr__(self):
        return self.handle

    def call(self, method, path, body=None, **options):
        return self.community.api(method, path, body, token=self.token, **options)

    def ok(self, method, path, body=None):
        """Calls the API and gives the JSON of an answer that must be a good one."""
        response = self.call(method, path, body)
        assert response.ok, f"{method} {path}: {response.status_code} {response.text}"
        return response.json()

    def session(self, uri):
        """The session as this person sees it, found by the id of its Event; None while it is not there."""
        listed = self.ok("GET", "/sessions?limit=40")["sessions"]
        found = [session for session in listed if session["uri"] == uri]
        return self.ok("GET", f"/sessions/{found[0]['id']}") if found else None

    def awaits(self, uri, status, **members):
        """Waits until this person sees the session in a state, with these members."""
        wanted = {"status": status, **members}

        def look():
            session = self.session(uri)
            return session if session and all(session[name] == value for name, value in wanted.items()) else None

        return until(look, f"{self} sees {uri} as {wanted}")


class Community:
    def __init__(self, program, name, folder, contracts):
        self.program = program
        self.contracts = contracts
        self.port = free_port()
        self.authority = f"{name}.localhost:{self.port}"
        self.origin = f"http://{self.authority}"
        self.data = os.path.join(folder, name)
        settings = {
            "origin": self.origin, "listen": f"127.0.0.1:{self.port}", "data": self.data, "community.name": name.title(),
            "meeting.template": "https://meet.example/{room}", "log.format": "json", "delivery.pace": "0.005",
            "limits.federation": "0",
        }
        self.settings = [word for pair in settings.items() for word in ("--set", "=".join(pair))]
        self.http = requests.Session()
        self.log = []
        self.listens = threading.Event()
        self.ended = threading.Event()
        self.process = subprocess.Popen(
            [program, "serve", *self.settings], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        threading.Thread(target=self.follow_log, daemon=True).start()

    def follow_log(self):
        for line in self.process.stderr:
            self.log.append(line)
            if line.startswith("{") and json.loads(line)["message"] == "listening":
                self.listens.set()
        self.ended.set()
        self.listens.set()

    def await_listening(self):
        assert self.listens.wait(120) and not self.ended.is_set(), "".join(self.log[-30:])

    def stop(self):
        self.process.terminate()
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    # The command line

    def command(self, *words, check=True):
        return subprocess.run(
            [self.program, *words, *self.settings], capture_output=True, text=True, check=check, timeout=60).stdout

    def open_account(self, username):
        self.command("account", "create", username, "--name", username.title(), "--email", f"{username}@school.example")
        return Person(self, username)

    def token(self, username, scopes="read write", name="tests"):
        return self.command("token", "create", username, "--scopes", scopes, "--name", name).strip()

    # HTTP

    def request(self, method, target, headers=None, data=None, **options):
        """Any request. The name is sent as Host: nothing but the servers themselves knows where *.localhost is."""
        return self.http.request(
            method, f"http://127.0.0.1:{self.port}{target}", data=data, timeout=PATIENCE, allow_redirects=False,
            headers={"Host": self.authority, **(headers or {})}, **options)

    def get(self, target, **headers):
        """A GET whose answer is held against openapi.yaml."""
        response = self.request("GET", target, {name.replace("_", "-"): value for name, value in headers.items()})
        self.contracts.answer("GET", target, response)
        return response

    def api(self, method, path, body=None, token=None, headers=None, data=None):
        """A call of the mentoring API whose answer is held against openapi.yaml."""
        headers = dict(headers or {})
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if body is not None:
            headers.setdefault("Content-Type", "application/json")
            data = json.dumps(body)
        target = "/api/mentoring" + path
        response = self.request(method, target, headers, data)
        self.contracts.answer(method, target, response, sent=body)
        return response

    # The database

    def sql(self, query):
        """The rows of a query on the private cluster, each a list of texts."""
        output = subprocess.run(
            ["psql", "-h", f"{self.data}/postgresql/socket", "-U", "mentord", "-d", "mentord", "-XAt", "-F", "\x1f",
             "-R", "\x1e", "-c", query],
            capture_output=True, text=True, check=True, timeout=30).stdout
        return [row.split("\x1f") for row in output.removesuffix("\n").split("\x1e") if row]

    def row_counts(self):
        """How many rows every table has, once no work is waiting."""

        def look():
            counts = dict(self.sql(ROW_COUNTS))
            return counts if counts.pop("work") == "0" else None

        return until(look, "rest in the queue")

    def sent_activities(self):
        return [json.loads(row[0]) for row in self.sql("select body from activities order by id")]


def text_of(html):
    return re.sub(r"<[^>]+>", "", html or "")
