import NIOCore
import Testing

@testable import mentord_bench

struct HTTPAnswerTests {
    @Test("an answer is taken once it is whole, and what follows it is left")
    func partial() throws {
        let first = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 4\r\n\r\nno!\n"
        let bytes = Array((first + "HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n").utf8)
        var buffer = ByteBuffer()
        for byte in bytes.prefix(first.utf8.count - 1) {
            buffer.writeInteger(byte)
            #expect(HTTPAnswer.take(from: &buffer) == nil)
        }
        buffer.writeBytes(bytes.dropFirst(first.utf8.count - 1))
        let refused = try #require(HTTPAnswer.take(from: &buffer))
        #expect(refused.text == "401 no!\n")
        #expect(HTTPAnswer.take(from: &buffer)?.status == 202)
        #expect(buffer.readableBytes == 0)
    }
}
