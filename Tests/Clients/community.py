"""A community on localhost, spoken to over HTTP, its answers held against openapi.yaml."""

import json
import os
import re
import socket

import requests
from mastodon import Mastodon

from program import Program
from waiting import PATIENCE


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Community(Program):
    def __init__(self, program, name, folder, contracts, settings=None, environment=None):
        self.contracts = contracts
        self.port = free_port()
        self.authority = f"{name}.localhost:{self.port}"
        self.origin = f"http://{self.authority}"
        self.http = requests.Session()
        super().__init__(program, {
            "origin": self.origin, "listen": f"127.0.0.1:{self.port}", "data": os.path.join(folder, name),
            "community.name": name.title(), "meeting.template": "https://meet.example/{room}", "log.format": "json",
            "delivery.pace": "0.005", "limits.federation": "0", "limits.requests": "0", **(settings or {}),
        }, environment)

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

    def mastodon(self, username, name="mastodon.py"):
        """Mastodon.py in somebody's hands; with another name a second program of theirs."""
        session = requests.Session()
        # Nothing but the servers themselves knows where *.localhost is.
        session.headers["Host"] = self.authority
        return Mastodon(
            access_token=self.token(username, scopes="read write follow push", name=name),
            api_base_url=f"http://127.0.0.1:{self.port}", session=session, version_check_mode="none")

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


def text_of(html):
    return re.sub(r"<[^>]+>", "", html or "")
