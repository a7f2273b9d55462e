"""Programs that listen: one stream as server-sent events, or many on a WebSocket."""

import json
import socket

import websocket
from mastodon import StreamListener

from waiting import PATIENCE, until


class Ear(StreamListener):
    """What Mastodon.py hears on one stream."""

    def __init__(self):
        self.heard = []
        self.beats = 0
        self.failures = []
        self.handle = None

    def on_update(self, status):
        self.heard.append(("update", status))

    def on_status_update(self, status):
        self.heard.append(("status.update", status))

    def on_delete(self, status_id):
        self.heard.append(("delete", status_id))

    def on_notification(self, notification):
        self.heard.append(("notification", notification))

    def on_conversation(self, conversation):
        self.heard.append(("conversation", conversation))

    def on_filters_changed(self):
        self.heard.append(("filters_changed", None))

    def on_abort(self, err):
        self.failures.append(err)

    def handle_heartbeat(self):
        self.beats += 1

    def listen(self, stream, *parameters, **options):
        """Starts one of Mastodon.py's streams and waits until it has begun."""
        self.handle = stream(*parameters, self, run_async=True, **options)
        until(lambda: self.beats or self.failures, "beginning of a stream")
        assert self.failures == []
        return self

    def awaits(self, kind, matches):
        def look():
            return next((content for name, content in list(self.heard) if name == kind and matches(content)), None)

        return until(look, f"{kind} of that kind")

    def close(self):
        """Hangs up; to close in good order would wait for the next beat."""
        if self.handle and self.handle.connection is not None:
            self.handle.closed = True
            try:
                self.handle.connection.raw._connection.sock.shutdown(socket.SHUT_RDWR)
            except (AttributeError, OSError):
                # It is closed already.
                pass


class Socket:
    """A WebSocket as programs in browsers open it: their token is its subprotocol."""

    def __init__(self, community, token=None, query="", header=None):
        self.socket = websocket.create_connection(
            f"ws://127.0.0.1:{community.port}/api/v1/streaming{query}", timeout=PATIENCE,
            subprotocols=[token] if token else None, header=header or [], host=community.authority)

    def say(self, **message):
        self.socket.send(json.dumps(message))

    def subscribe(self, stream, **parameters):
        self.say(type="subscribe", stream=stream, **parameters)

    def next(self):
        return json.loads(self.socket.recv())

    def awaits(self, event, stream=None):
        """The content of the next frame of a kind; of a stream, where one is named."""
        while True:
            frame = self.next()
            if frame.get("event") == event and (stream is None or frame["stream"] == stream):
                assert isinstance(frame["payload"], str)
                return frame["payload"] if event == "delete" else json.loads(frame["payload"])

    def code(self):
        """With what code the server ends the connection; what it says before does not matter."""
        while True:
            opcode, payload = self.socket.recv_data(control_frame=False)
            if opcode == websocket.ABNF.OPCODE_CLOSE:
                return int.from_bytes(payload[:2], "big")

    def close(self):
        self.socket.close()
