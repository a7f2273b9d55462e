import Foundation
import HTTPSignatures
import JSONTree
import Keys
import Outbound
import PostgreSQL
import Wire

/// The private key of one of a community's people, for what its own server would never send.
struct StolenKey: Outbound.RequestSigner {
    let signer: HTTPSignatures.RequestSigner

    func sign(_ request: Outbound.OutgoingRequest) throws -> [(name: String, value: String)] {
        let content = request.headers.first { $0.name == "content-type" }.map {
            HTTPSignatures.OutgoingRequest.Content(type: $0.value, bytes: request.body)
        }
        let message = HTTPSignatures.OutgoingRequest(
            method: request.method.rawValue, uri: request.uri, content: content)
        return try signer.fields(for: message, at: Date()).map { ($0.name, $0.value) }
    }
}

extension Community {
    func stealKey(of person: Person) async throws -> StolenKey {
        try await withDatabase { database in
            let rows = try await database.rows(
                """
                select actor_keys.uri, private_pem from actor_keys join actors on actors.id = actor_id
                where actors.uri = \(person.uri) and algorithm = 'rsa'
                """)
            guard let row = rows.first, let id = URI(try row.get("uri")) else {
                throw Refused(status: 0, text: "\(person.uri) has no key")
            }
            let key = try PrivateKey(pem: try row.get("private_pem"))
            return StolenKey(signer: HTTPSignatures.RequestSigner(keyID: id, key: key))
        }
    }

    /// Delivers an activity to the inbox of one of this community's people.
    ///
    /// - Returns: the status of the answer.
    func deliver(_ activity: JSON, to recipient: Person, signedWith key: StolenKey) async throws -> Int {
        try await Caller.client().send(
            to: try uri("/users/\(recipient.name)/inbox"), contentType: "application/activity+json",
            body: activity.serialized(), signer: key
        ).status
    }
}
