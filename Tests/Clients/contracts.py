"""What the documents under `schemas/` promise, held against what a server really says."""

import json
import pathlib
import re
from urllib.parse import urlsplit

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

SCHEMAS = pathlib.Path(__file__).parents[2] / "schemas"
BASE = "https://w3id.org/mentoring/"
MENTORING_CONTEXT = json.loads((SCHEMAS / "mentoring.jsonld").read_text())["@context"]
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"


def documents():
    """Every JSON Schema with its path below `schemas/json`, without `.json`."""
    folder = SCHEMAS / "json"
    files = [file for file in folder.rglob("*.json") if file.parent.name != "examples"]
    return {str(file.relative_to(folder))[: -len(".json")]: json.loads(file.read_text()) for file in sorted(files)}


def origin(uri):
    parts = urlsplit(uri)
    return f"{parts.scheme}://{parts.netloc}"


class Contracts:
    def __init__(self):
        self.api = yaml.safe_load((SCHEMAS / "openapi.yaml").read_text())
        self.documents = documents()
        resources = [(schema["$id"], Resource.from_contents(schema)) for schema in self.documents.values()]
        resources.append((BASE + "openapi.yaml", Resource(contents=self.api, specification=DRAFT202012)))
        self.registry = Registry().with_resources(resources)
        # Which (method, path, status) were really answered, so that nothing is described that never happens.
        self.seen = set()

    def check(self, value, reference):
        """Fails with every place where a value breaks a schema, named as `json/…` or `openapi.yaml#/…`."""
        validator = Draft202012Validator({"$ref": BASE + reference}, registry=self.registry)
        errors = [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(value)]
        assert not errors, f"not as {reference} says:\n" + "\n".join(errors) + "\n" + json.dumps(value, indent=1)

    def document(self, value, name):
        self.check(value, f"json/{name}.json")

    # The HTTP API

    def answer(self, method, target, response, sent=None):
        """Holds an answer, and the JSON that was sent where it was taken, against openapi.yaml."""
        path, query = urlsplit(target).path, urlsplit(target).query
        template = self.template(path)
        method, status = method.lower(), str(response.status_code)
        operation = self.api["paths"][template].get(method)
        assert operation, f"{method} {template} is not described"
        described, pointer = self.resolve(operation["responses"].get(status), self.pointer(template, method, "responses", status))
        assert described is not None, f"{method} {template} may not answer {status}: {response.text[:500]}"
        self.seen.add((method, template, status))
        self.headers(described.get("headers", {}), response)
        self.body(described.get("content"), pointer, response)
        if response.ok and sent is not None:
            self.check(sent, "openapi.yaml#" + self.pointer(template, method, "requestBody", "content", "application/json", "schema"))
        if response.ok and query:
            shared = self.api["paths"][template].get("parameters", [])
            known = {self.resolve(p, "")[0]["name"] for p in operation.get("parameters", []) + shared}
            assert {part.split("=")[0] for part in query.split("&")} <= known

    def template(self, path):
        exact = [template for template in self.api["paths"] if template == path]
        for template in exact or self.api["paths"]:
            if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template).replace("/schemas/[^/]+", "/schemas/.+"), path):
                return template
        raise AssertionError(f"{path} is not described")

    def headers(self, described, response):
        for name, header in described.items():
            header, _ = self.resolve(header, "")
            assert name in response.headers or not header.get("required"), f"no {name} in {response.headers}"
            if name in response.headers:
                Draft202012Validator(header["schema"]).validate(response.headers[name])

    def body(self, content, pointer, response):
        if content is None:
            assert response.content == b""
            return
        media = response.headers["Content-Type"].split(";")[0]
        assert media in content, f"{media} is not described for {pointer}"
        if "schema" in content[media]:
            self.check(response.json(), "openapi.yaml#" + pointer + "/content/" + media.replace("/", "~1") + "/schema")

    def resolve(self, value, pointer):
        while isinstance(value, dict) and "$ref" in value:
            pointer = value["$ref"].removeprefix("#")
            value = self.api
            for part in pointer.strip("/").split("/"):
                value = value[part.replace("~1", "/").replace("~0", "~")]
        return value, pointer

    @staticmethod
    def pointer(template, *parts):
        return "/paths/" + "/".join(part.replace("/", "~1") for part in (template, *parts))

    # The wire

    def activity(self, activity):
        """Holds an activity of ours against its schema and, where it is about a session, against what no schema can say.
        Gives the schema's name."""
        if social := social_schema_name(activity):
            self.document(activity, social)
            return social
        name = schema_name(activity)
        self.document(activity, f"session/{name}")
        ours = origin(activity["actor"])
        assert re.fullmatch(re.escape(ours) + "/activities/" + UUID, activity["id"])
        assert activity["to"] != [activity["actor"]]
        thing = activity["object"]
        if name in ("invite", "update"):
            assert re.fullmatch(re.escape(ours) + "/sessions/" + UUID, thing["id"])
            assert thing["attributedTo"] == thing["actor"] == activity["actor"]
            assert thing["to"] == activity["to"] and thing["url"] == thing["id"]
            assert thing["mnt:revision"] == activity["mnt:revision"]
        if name == "invite":
            assert activity["to"] == [activity["target"]]
        if name in ("accept", "reject", "tentative-accept") and thing["type"] == "Event":
            assert [thing["actor"]] == activity["to"] and origin(thing["id"]) == origin(thing["actor"])
        elif name in ("accept", "reject", "tentative-accept"):
            assert thing["target"] == activity["actor"] and [thing["actor"]] == activity["to"]
            assert origin(thing["id"]) == origin(thing["object"]) == origin(thing["actor"])
        if name.startswith("delete"):
            assert origin(thing["id"]) == ours, "only what is one's own can be deleted"
        if name in ("offer", "offer-outcome", "delete-accept"):
            assert origin(activity["target"]) == origin(activity["to"][0])
        if name in ("reject-offer", "reject-update", "reject-accept"):
            assert [thing["actor"]] == activity["to"]
        return name


def social_schema_name(activity):
    """Of an activity about people, posts and what is kept about a session; None where it is about a session itself."""
    kind, thing = activity["type"], activity["object"]
    if str(activity.get("target")).endswith("/actor/directory"):
        return f"directory/{kind.lower()}"
    if isinstance(thing, dict) and thing.get("type") == "Document":
        return f"workspace/{kind.lower()}"
    if isinstance(thing, dict) and {"mnt:rating", "mnt:digest"} & set(thing):
        return f"review/{kind.lower()}"
    if kind in ("Follow", "Block", "Flag"):
        return "follow/follow" if kind == "Follow" else f"moderation/{kind.lower()}"
    if kind in ("Create", "Announce", "Like", "Add", "Remove"):
        return "post/vote" if kind == "Create" and "name" in thing and "inReplyTo" in thing else f"post/{kind.lower()}"
    if isinstance(thing, str):
        return f"actor/{kind.lower()}"
    if isinstance(thing, list) or "id" not in thing:
        return None
    if kind == "Undo":
        if thing["type"] in ("Accept", "Reject", "TentativeAccept"):
            return None
        return {"Follow": "follow/undo", "Block": "moderation/undo"}.get(thing["type"], "post/undo")
    if kind in ("Accept", "Reject") and thing["type"] in ("Follow", "Join"):
        return f"follow/{kind.lower()}"
    if kind in ("Update", "Delete") and "/posts/" in thing["id"]:
        return f"post/{kind.lower()}"
    return "actor/update" if kind == "Update" and "inbox" in thing else None


def schema_name(activity):
    kind, thing = activity["type"], activity["object"]
    if isinstance(thing, list) or thing == {"type": "Event"}:
        return kind.lower()
    if kind == "TentativeAccept":
        return "tentative-accept"
    former = thing.get("formerType", "").lower()
    if kind == "Delete":
        return f"delete-{former}"
    if kind == "Reject" and thing["type"] not in ("Invite", "Event"):
        return f"reject-{thing['type'].lower()}"
    return "offer-outcome" if kind == "Offer" else kind.lower()
