"""Somebody at a browser without scripts: forms are read from the page and sent as they stand there."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

FORM = re.compile(r'<form method="post" action="([^"]*)">(.*?)</form>', re.DOTALL)
CODE = re.compile(r'<code class="secret">([^<]*)<')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


class Browser:
    def __init__(self, community):
        self.community = community
        self.http = community.session()
        self.answer = None

    def open(self, address):
        """Follows redirects within the community, and stops at the first that leads out of it."""
        self.answer = self.http.get(self.local(address), allow_redirects=False, timeout=30)
        return self.follow()

    def send(self, **fields):
        """Sends the form of the page with these fields beside its hidden ones."""
        action, inside = FORM.search(self.answer.text).groups()
        hidden = {unescape(name): unescape(value) for name, value in HIDDEN.findall(inside)}
        self.answer = self.http.post(
            self.local(unescape(action)), data=hidden | fields, allow_redirects=False, timeout=30)
        return self.follow()

    def follow(self):
        while self.answer.is_redirect:
            target = urljoin(self.community.origin + "/", self.answer.headers["Location"])
            if not target.startswith(self.community.origin + "/"):
                return target
            self.answer = self.http.get(self.local(target), allow_redirects=False, timeout=30)
        return None

    def sign_in(self, name, password):
        return self.send(name=name, password=password)

    def code(self):
        """What the page shows for copying into an app."""
        code, = CODE.findall(self.answer.text)
        return unescape(code)

    def local(self, address):
        """Where the community is really reached."""
        parts = urlsplit(address)
        query = f"?{parts.query}" if parts.query else ""
        return f"{self.community.reached}{parts.path}{query}"
