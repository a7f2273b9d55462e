import FoundationEssentials
import Keys
import SeededRandom
import Testing

@testable import HTTPSignatures

/// Thousands of damaged copies of honest draft-cavage requests, the same in each run.
@Suite struct DraftCavageMutationTests {
    private static let dictionary = [
        "\"", ",", "=", " ", "\\", "\t", "\r\n", "\0", "keyId=", "signature=\"",
        "headers=\"date\",",
        "(request-target)", "created=1", "expires=99999999999999999999", "algorithm=\"\",", "é",
        "%00",
    ].map { Array($0.utf8) }

    /// A damaged Signature field verifies only if it still says the same: nothing in it but the
    /// key id, the algorithm and unknown parameters can change without changing what is signed.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func damagedParametersNeverProveAnythingElse(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let peer = PeerRequest(algorithm: "hs2019", created: "1700000000")
            .with { $0.names = "(request-target) (created) host date digest" }
        let honest = try peer.signature()
        let key = try PeerKeys.rsa.get().publicKey
        let original = try SignatureClaim.read(
            peer.unsigned.adding("Signature", honest), at: now, policy: policy
        ).get()
        var outcomes: [Refusal?: Int] = [:]
        for _ in 0..<2500 {
            let damaged = mutate(Array(honest.utf8), with: Self.dictionary, using: &generator)
            let text = String(decoding: damaged, as: UTF8.self)
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
        var generator = SeededGenerator(seed: 5)
        var reachedKey = 0
        for _ in 0..<2500 {
            let damaged = mutate(value, with: Self.dictionary, using: &generator)
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
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<2500 {
            var damaged = request
            let index = Int.random(in: 0..<request.fields.count - 1, using: &generator)
            let before = Array(request.fields[index].value.utf8)
            let after = String(
                decoding: mutate(before, with: Self.dictionary, using: &generator), as: UTF8.self)
            damaged.fields[index].value = after
            guard case .success(let claim) = SignatureClaim.read(damaged, at: now, policy: policy),
                claim.verify(with: key) == .verified
            else { continue }
            #expect(
                ASCII.trimmed(after).elementsEqual(before),
                "\(request.fields[index].name): \(after)")
        }
    }
}
