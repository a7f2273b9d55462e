import Testing

@testable import Keys

@Suite struct SecureRandomTests {
    @Test(arguments: [0, 1, 16, 32, 10_000])
    func givesTheNumberOfBytesAskedFor(count: Int) {
        #expect(SecureRandom.bytes(count).count == count)
    }

    @Test func bytesDifferAndUseEveryValue() {
        #expect(SecureRandom.bytes(32) != SecureRandom.bytes(32))
        #expect(Set(SecureRandom.bytes(100_000)).count == 256)
    }

    @Test func tokensAreDistinctAndCarry256Bit() {
        let tokens = (0..<1000).map { _ in SecureRandom.token() }
        #expect(Set(tokens).count == 1000)
        for token in tokens {
            #expect(token.utf8.count == 43)
            #expect(Base64.decode(token.utf8, as: .urlSafe)?.count == 32)
        }
    }

    @Test func comparesBytesAndLengths() {
        #expect(constantTimeEqual([1, 2, 3], [1, 2, 3]))
        #expect(constantTimeEqual([UInt8](), []))
        #expect(constantTimeEqual("token".utf8, Array("token".utf8)))
        #expect(!constantTimeEqual([1, 2, 3], [1, 2, 4]))
        #expect(!constantTimeEqual([1, 2, 3], [1, 2]))
        #expect(!constantTimeEqual([], [0]))
        #expect(!constantTimeEqual("\u{212A}".utf8, "K".utf8))
    }
}
