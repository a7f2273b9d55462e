import Keys
import WebServer

/// How an app proves who it is: in the body or by HTTP Basic (RFC 6749 section 2.3.1).
struct ClientCredentials {
    let id: String
    let secret: String

    init?(_ exchange: Exchange, _ input: Input) {
        if let header = exchange.field("authorization"), header.lowercased().hasPrefix("basic ") {
            guard let bytes = Base64.decode(header.utf8.dropFirst("basic ".utf8.count)) else { return nil }
            let parts = String(decoding: bytes, as: UTF8.self).split(
                separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return nil }
            id = String(parts[0])
            secret = String(parts[1])
        } else {
            guard let id = input.text("client_id"), let secret = input.text("client_secret") else { return nil }
            self.id = id
            self.secret = secret
        }
    }
}
