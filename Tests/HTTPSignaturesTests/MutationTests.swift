import FoundationEssentials
import Keys
import Testing

@testable import HTTPSignatures

/// Thousands of damaged copies of honest requests, the same in each run.
@Suite struct MutationTests {
    /// SplitMix64, so that a failing case can be repeated.
    struct SeededGenerator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }

    private static let dictionary = [
        "\"", ",", "=", " ", "\\", "\t", "\r\n", "\0", "keyId=", "signature=\"",
        "headers=\"date\",",
        "(request-target)", "created=1", "expires=99999999999999999999", "algorithm=\"\",", "é",
        "%00",
    ].map { Array($0.utf8) }

    private static func mutate(
        _ bytes: [UInt8],
        using generator: inout SeededGenerator
    ) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let position = Int.random(in: 0..<max(1, bytes.count), using: &generator)
            let end = min(bytes.count, position + Int.random(in: 0...12, using: &generator))
            switch Int.random(in: 0..<6, using: &generator) {
            case 0 where position < bytes.count:
                bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 1 where position < end:
                bytes.removeSubrange(position..<end)
            case 2 where position < end:
                bytes.insert(contentsOf: bytes[position..<end], at: position)
            case 3:
                bytes.insert(
                    contentsOf: dictionary.randomElement(using: &generator) ?? [], at: position)
            case 4:
                bytes = Array(bytes.prefix(position))
            default:
                bytes.insert(UInt8.random(in: 0...255, using: &generator), at: position)
            }
            if bytes.isEmpty { break }
        }
        return bytes
    }

    /// A damaged Signature field verifies only if it still says the same: nothing in it but the
    /// key id, the algorithm and unknown parameters can change without changing what is signed.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func damagedParametersNeverProveAnythingElse(seed: UInt64) throws {
        var generator = SeededGenerator(state: seed)
        let peer = PeerRequest(algorithm: "hs2019", created: "1700000000")
            .with { $0.names = "(request-target) (created) host date digest" }
        let honest = try peer.signature()
        let key = try PeerKeys.rsa.get().publicKey
        let original = try SignatureClaim.read(
            peer.unsigned.adding("Signature", honest), at: now, policy: policy
        ).get()
        var outcomes: [Refusal?: Int] = [:]
        for _ in 0..<2500 {
            let text = String(
                decoding: Self.mutate(Array(honest.utf8), using: &generator), as: UTF8.self)
            let request = peer.unsigned.adding("Signature", text)
            switch SignatureClaim.read(request, at: now, policy: policy) {
            case .failure(let refusal):
                outcomes[refusal, default: 0] += 1
            case .success(let claim):
                if claim.verify(with: key) == .verified {
                    outcomes[nil, default: 0] += 1
                    #expect(claim.signature == original.signature, "\(text)")
                    #expect(claim.signingStrings == original.signingStrings, "\(text)")
                } else {
                    outcomes[.wrongSignature, default: 0] += 1
                }
            }
        }
        #expect(outcomes.count > 8)
    }

    @Test func damagedSignatureBytesNeverVerify() throws {
        let peer = PeerRequest()
        let parameters = try peer.parameters()
        let key = try PeerKeys.rsa.get().publicKey
        let value = Array(try #require(parameters.last).value.utf8)
        let rest = parameters.dropLast().map { "\($0.name)=\($0.value)" }.joined(separator: ",")
        var generator = SeededGenerator(state: 5)
        var reachedKey = 0
        for _ in 0..<2500 {
            let damaged = Self.mutate(value, using: &generator)
            guard damaged != value else { continue }
            let text = "\(rest),signature=\(String(decoding: damaged, as: UTF8.self))"
            guard
                case .success(let claim) = SignatureClaim.read(
                    peer.unsigned.adding("Signature", text), at: now, policy: policy)
            else { continue }
            reachedKey += 1
            #expect(claim.verify(with: key) == .refused(.wrongSignature), "\(text)")
        }
        #expect(reachedKey > 100)
    }

    @Test func damagedSignedFieldsNeverVerify() throws {
        let request = try PeerRequest().signed()
        let key = try PeerKeys.rsa.get().publicKey
        var generator = SeededGenerator(state: 6)
        for _ in 0..<2500 {
            var damaged = request
            let index = Int.random(in: 0..<request.fields.count - 1, using: &generator)
            let before = Array(request.fields[index].value.utf8)
            let after = String(decoding: Self.mutate(before, using: &generator), as: UTF8.self)
            damaged.fields[index].value = after
            guard case .success(let claim) = SignatureClaim.read(damaged, at: now, policy: policy),
                claim.verify(with: key) == .verified
            else { continue }
            #expect(
                ASCII.trimmed(after).elementsEqual(before),
                "\(request.fields[index].name): \(after)")
        }
    }

    @Test func labelsOfRefusalsAreDistinct() {
        #expect(Set(Refusal.allCases.map(\.rawValue)).count == Refusal.allCases.count)
    }
}
