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
    def __init__(self, program, name, folder, contracts, settings=None, environment=None, certifier=None):
        """With a certifier the community speaks TLS, under the one name that every program finds without being told."""
        self.contracts = contracts
        self.port = free_port()
        self.authority = f"{'localhost' if certifier else name + '.localhost'}:{self.port}"
        self.origin = f"{'https' if certifier else 'http'}://{self.authority}"
        # Where programs outside reach it: nothing but the servers themselves knows where *.localhost is.
        self.reached = self.origin if certifier else f"http://127.0.0.1:{self.port}"
        # Whose certificates programs must trust for it.
        self.authorities = certifier.file if certifier else None
        if certifier:
            certificate, key = certifier.issue(name, ["localhost"])
            settings = {"tls.certificate": certificate, "tls.key": key, **(settings or {})}
            environment = {**(environment or os.environ), "SSL_CERT_FILE": certifier.file}
        self.http = self.session()
        super().__init__(program, {
            "origin": self.origin, "listen": f"127.0.0.1:{self.port}", "data": os.path.join(folder, name),
            "community.name": name.title(), "meeting.template": "https://meet.example/{room}", "log.format": "json",
            "delivery.pace": "0.005", "limits.federation": "0", "limits.requests": "0",
            "mentees.asks": "1000", **(settings or {}),
        }, environment)

    # HTTP

    def session(self):
        """For programs of their own: they trust the community's certificate, and name the community as it is called."""
        session = requests.Session()
        session.headers["Host"] = self.authority
        # The environment of the machine would go before what stands here.
        session.trust_env = False
        session.verify = self.authorities or True
        return session

    def request(self, method, target, headers=None, data=None, **options):
        """Any request."""
        return self.http.request(
            method, self.reached + target, data=data, timeout=PATIENCE, allow_redirects=False, headers=headers or {},
            **options)

    def get(self, target, **headers):
        """A GET whose answer is held against openapi.yaml."""
        response = self.request("GET", target, {name.replace("_", "-"): value for name, value in headers.items()})
        self.contracts.answer("GET", target, response)
        return response

    def mastodon(self, username, name="mastodon.py"):
        """Mastodon.py in somebody's hands; with another name a second program of theirs."""
        return Mastodon(
            access_token=self.token(username, scopes="read write follow push", name=name), api_base_url=self.reached,
            session=self.session(), version_check_mode="none")

    def come_due(self, post):
        """Lets the time of a scheduled post come, as far as the server can tell."""
        self.sql(f"update scheduled_posts set due_at = now() where id = {post}")
        self.sql("update jobs set due_at = now(), payload = payload || '{\"at\": \"1970-01-01T00:00:00Z\"}' "
                 f"where kind = 'post.publish' and payload->>'post' = '{post}'")

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
