import Foundation
import HTTPSignatures
import Keys
import NIOCore
import NIOHTTP1
import PostgreSQL
import Wire

/// Judges as the peers would what was delivered to them.
struct DeliveryProof {
    let receipts: [Receipt]
    let stage: Stage

    /// How many requests of a load have their signature and digest checked.
    private static let samples = 200

    /// - Parameter posts: how often each host must have got one.
    func check(posts: Int) async throws {
        let hosts = Dictionary(grouping: receipts) { $0.head.headers.first(name: "host") ?? "" }.mapValues(\.count)
        guard hosts.count == World.hosts, hosts.values.allSatisfy({ $0 == posts }) else {
            throw BenchFailure.refused(
                "\(hosts.count) hosts got \(receipts.count) deliveries instead of \(posts) each.")
        }
        try await checkSignatures()
    }

    private func checkSignatures() async throws {
        let row = try await stage.database.row(
            """
            select actor_keys.uri, public_pem from actor_keys join actors on actors.id = actor_id
            where actors.uri = \(stage.home.uri(of: Home.star)) and algorithm = 'rsa'
            """)
        guard let row else { throw BenchFailure.refused("The author of the posts has no key.") }
        let (id, key) = (try row.get("uri", as: String.self), try PublicKey(pem: try row.get("public_pem")))
        let step = max(1, receipts.count / Self.samples)
        for receipt in stride(from: 0, to: receipts.count, by: step).map({ receipts[$0] }) {
            guard let claim = receipt.claim, claim.keyID.string == id, claim.verify(with: key) == .verified else {
                throw BenchFailure.refused("A delivery is not signed by the author of the post: \(receipt.head)")
            }
        }
    }
}

extension Receipt {
    /// Who this request claims to be signed by; nil when it could not verify, as with a wrong digest.
    fileprivate var claim: SignatureClaim? {
        let host = head.headers.first(name: "host") ?? ""
        guard let origin = Origin(scheme: .https, authority: host) else { return nil }
        let message = RequestMessage(
            method: head.method.rawValue, target: head.uri,
            fields: head.headers.map { HeaderField(name: $0.name, value: $0.value) },
            body: Array(body.readableBytesView))
        return try? SignatureClaim.read(
            message, at: Date(timeIntervalSince1970: Double(at) / 1e9), policy: VerificationPolicy(origins: [origin])
        ).get()
    }
}
