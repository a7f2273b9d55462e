"""TLS in front of a server that has none of its own: takes it off and passes the bytes on."""

import asyncio
import threading


class Front:
    def __init__(self, address, port, inner_port, tls):
        self.address, self.port, self.inner_port, self.tls = address, port, inner_port, tls
        self.loop = asyncio.new_event_loop()
        self.ready = threading.Event()
        threading.Thread(target=self.run, daemon=True).start()
        assert self.ready.wait(10)

    def close(self):
        self.loop.call_soon_threadsafe(self.loop.stop)

    def run(self):
        asyncio.set_event_loop(self.loop)
        self.loop.set_exception_handler(lambda *_: None)
        self.loop.run_until_complete(
            asyncio.start_server(self.serve, self.address, self.port, ssl=self.tls, backlog=1024))
        self.ready.set()
        self.loop.run_forever()

    async def serve(self, reader, writer):
        client = writer.get_extra_info("peername")[0]
        try:
            # The server sees the address of the client.
            inner_reader, inner_writer = await asyncio.open_connection(
                self.address, self.inner_port, local_addr=(client, 0))
        except OSError:
            writer.close()
            return
        await asyncio.gather(self.carry(reader, inner_writer), self.carry(inner_reader, writer))

    @staticmethod
    async def carry(reader, writer):
        try:
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        except (OSError, asyncio.CancelledError):
            pass
        writer.close()
