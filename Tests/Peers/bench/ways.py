"""Every way in which somebody outside can make the server call an address of their choice."""

from urllib.parse import urlsplit

from actor import ACTIVITY

from .answers import JRD, document, redirect
from .hostile import ask, request_for
from .keys import SHARED


class Ways:
    """Each way takes a URL, and gives the server's own answer; nothing may come of it."""

    names = ["key", "actor", "handle", "link", "redirect of a key", "redirect of an actor",
        "redirect of a WebFinger answer", "handle that is claimed",
             "inbox", "owner of a key"]

    def __init__(self, client, host, ann, max, times):
        self.client, self.host, self.ann, self.max, self.times = client, host, ann, max, times
        self.count = 0

    def __call__(self, name, url):
        self.count += 1
        return getattr(self, name.replace(" ", "_"))(url)

    def liar(self, **members):
        return self.host.actor(f"liar{len(self.host.actors)}", key=SHARED, **members)

    def signs(self, actor):
        return self.client.post(actor, self.max.uri + "/inbox", request_for(actor, self.max, self.times))

    def key(self, url):
        liar = self.liar()
        liar.key_id = url
        return self.signs(liar)

    def actor(self, url):
        return ask(self.ann, url)

    def handle(self, url):
        return ask(self.ann, "x@" + urlsplit(url).netloc)

    def link(self, url):
        def answer(request):
            link = {"rel": "self", "type": ACTIVITY, "href": url}
            return document({"subject": request.query["resource"], "links": [link]}, JRD)

        self.host.route("/.well-known/webfinger", answer)
        try:
            return ask(self.ann, f"x{self.count}@{self.host.name}")
        finally:
            del self.host.routes["/.well-known/webfinger"]

    def redirect_of_a_key(self, url):
        liar = self.liar()
        self.host.route(f"/users/{liar.name}", redirect(url))
        return self.signs(liar)

    def redirect_of_an_actor(self, url):
        return ask(self.ann, self.host.route(f"/away/{self.count}", redirect(url)))

    def redirect_of_a_WebFinger_answer(self, url):
        self.host.route("/.well-known/webfinger", redirect(url))
        try:
            return ask(self.ann, f"x{self.count}@{self.host.name}")
        finally:
            del self.host.routes["/.well-known/webfinger"]

    def handle_that_is_claimed(self, url):
        return self.signs(self.liar(webfinger="x@" + urlsplit(url).netloc))

    def inbox(self, url):
        """Max declines the request of somebody whose inbox is there."""
        liar = self.liar(inbox=url, endpoints={"sharedInbox": url})
        thing = request_for(liar, self.max, self.times)
        reply = self.client.post(liar, self.max.uri + "/inbox", thing)
        session = self.max.session(thing["object"]["id"])
        if session:
            self.max.call("POST", f"/sessions/{session['id']}/respond", {"action": "decline", "reason": "No."})
        return reply

    def owner_of_a_key(self, url):
        liar = self.liar()
        liar.key_id = f"{self.host.origin}/keys/{self.count}"
        self.host.publish({"id": liar.key_id, "type": "Key", "owner": url,
            "publicKeyPem": liar.document["publicKey"]["publicKeyPem"]})
        return self.signs(liar)
