import FoundationEssentials
import Keys
import SeededRandom
import Testing

@testable import HTTPSignatures

/// Thousands of damaged copies of honest RFC 9421 requests, the same in each run.
@Suite struct MessageSignatureMutationTests {
    private static let dictionary = [
        "\"", ",", "=", " ", "\\", "\t", "\r\n", "\0", ";", "(", ")", ":", "?1", "sig1=()", ", sig2=", ";keyid=",
        ";created=1", ";expires=1", ";alg=\"ed25519\"", "\"@method\"", ";bs", ";req", "-", "999999999999999", "1.5",
        "*", "@", "%", "é",
    ].map { Array($0.utf8) }

    private static let peer = MessagePeerRequest(expires: "1700000300").with {
        $0.components = ["@method", "@target-uri", "@authority", "content-digest", "content-type", "date"]
            .map { "\"\($0)\"" }
        $0.further = #";nonce="a";tag="b""#
    }

    private func damaged(_ value: String, _ generator: inout SeededGenerator) -> String {
        String(decoding: mutate(Array(value.utf8), with: Self.dictionary, using: &generator), as: UTF8.self)
    }

    /// All of Signature-Input is signed but its label and its spaces: what verifies says the same.
    @Test(arguments: [11, 12, 13, 14] as [UInt64])
    func damagedInputsNeverProveAnythingElse(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let honest = "sig1=\(Self.peer.input)"
        let signed = try Self.peer.signed()
        let key = try PeerKeys.rsa.get().publicKey
        let original = try SignatureClaim.read(signed, at: now, policy: policy).get()
        var outcomes: [Refusal?: Int] = [:]
        for _ in 0..<2500 {
            let text = damaged(honest, &generator)
            switch SignatureClaim.read(signed.replacing("Signature-Input", with: text), at: now, policy: policy) {
            case .failure(let refusal):
                outcomes[refusal, default: 0] += 1
            case .success(let claim):
                if claim.verify(with: key) == .verified {
                    outcomes[nil, default: 0] += 1
                    #expect(claim.signingStrings == original.signingStrings, "\(text)")
                    #expect(claim.keyID == original.keyID, "\(text)")
                } else {
                    outcomes[.wrongSignature, default: 0] += 1
                }
            }
        }
        #expect(outcomes.count > 8)
    }

    @Test func damagedSignaturesNeverVerify() throws {
        let signed = try Self.peer.signed()
        let honest = try #require(signed.fields.last).value
        let original = try SignatureClaim.read(signed, at: now, policy: policy).get()
        let key = try PeerKeys.rsa.get().publicKey
        var generator = SeededGenerator(seed: 15)
        var reachedKey = 0
        for _ in 0..<2500 {
            let text = damaged(honest, &generator)
            guard
                case .success(let claim) = SignatureClaim.read(
                    signed.replacing("Signature", with: text), at: now, policy: policy),
                claim.signature != original.signature
            else { continue }
            reachedKey += 1
            #expect(claim.verify(with: key) == .refused(.wrongSignature), "\(text)")
        }
        #expect(reachedKey > 100)
    }

    @Test func damagedSignedFieldsNeverVerify() throws {
        let signed = try Self.peer.signed()
        let key = try PeerKeys.rsa.get().publicKey
        var generator = SeededGenerator(seed: 16)
        for _ in 0..<2500 {
            var request = signed
            let index = Int.random(in: 1..<4, using: &generator)
            let before = signed.fields[index].value
            let after = damaged(before, &generator)
            request.fields[index].value = after
            guard case .success(let claim) = SignatureClaim.read(request, at: now, policy: policy),
                claim.verify(with: key) == .verified
            else { continue }
            #expect(ASCII.trimmed(after).elementsEqual(before.utf8), "\(signed.fields[index].name): \(after)")
        }
    }

    /// Each byte of each part, once, with its lowest bit flipped.
    @Test func everyFlippedByteIsNoticed() throws {
        let signed = try Self.peer.signed()
        let key = try PeerKeys.rsa.get().publicKey
        func verifies(_ request: RequestMessage) -> Bool {
            guard case .success(let claim) = SignatureClaim.read(request, at: now, policy: policy) else { return false }
            return claim.verify(with: key) == .verified
        }
        func flipped(_ text: String, at offset: Int) -> String {
            var bytes = Array(text.utf8)
            bytes[offset] ^= 1
            return String(decoding: bytes, as: UTF8.self)
        }
        for offset in 0..<signed.method.utf8.count {
            #expect(!verifies(signed.with { $0.method = flipped($0.method, at: offset) }))
        }
        for offset in 0..<signed.target.utf8.count {
            #expect(!verifies(signed.with { $0.target = flipped($0.target, at: offset) }))
        }
        for offset in signed.body.indices {
            #expect(!verifies(signed.with { $0.body[offset] ^= 1 }))
        }
        for index in signed.fields.indices {
            for offset in 0..<signed.fields[index].value.utf8.count {
                let request = signed.with { $0.fields[index].value = flipped($0.fields[index].value, at: offset) }
                #expect(!verifies(request), "\(signed.fields[index].name) at \(offset)")
            }
        }
    }

    /// The largest request that is looked at: each component asks for a field among all of them.
    @Test func theLargestRequestIsCheap() throws {
        let long = String(repeating: "x", count: 8192)
        let request = MessagePeerRequest().with {
            $0.fields += (0..<122).map { HeaderField(name: "x-\($0)", value: long) }
            $0.components += (0..<29).map { "\"x-\($0)\"" }
        }
        let signed = try request.signed()
        let quickest = (0..<3).map { _ in
            ContinuousClock().measure { #expect(signed.refusalBeforeKey() == nil) }
        }.min()
        #expect(quickest ?? .seconds(1) < .milliseconds(500))
    }
}
