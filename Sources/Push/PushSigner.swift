import Foundation
import Keys
import Outbound
import Wire

/// Says with each message that it comes from this community, as fits its encryption (RFC 8292 section 3; before that
/// draft-ietf-webpush-vapid-01).
struct PushSigner: RequestSigner {
    let key: PushKey
    let contact: String
    let encryption: PushEncryption

    func sign(_ request: OutgoingRequest) throws -> [(name: String, value: String)] {
        let statement = try key.statement(to: request.uri, contact: contact, now: Date())
        switch encryption {
        case .standard: return [("authorization", "vapid t=\(statement),k=\(key.text)")]
        case .draft:
            let encryption = request.headers.first { $0.name == "crypto-key" }?.value ?? ""
            return [
                ("authorization", "WebPush \(statement)"), ("crypto-key", "\(encryption);p256ecdsa=\(key.text)"),
            ]
        }
    }
}
