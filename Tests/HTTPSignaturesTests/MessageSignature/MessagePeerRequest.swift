import Keys
import Testing

@testable import HTTPSignatures

/// A request that a peer signs by RFC 9421 in a way of its own; by default as Mastodon does.
///
/// What is signed is put together here once more, so that both ways have to agree, and so that a peer can name
/// components that no reader knows.
struct MessagePeerRequest {
    var method = "POST"
    var target = "/users/ann/inbox"
    /// Where the peer believes to send it.
    var origin = "https://s.test"
    var fields = [
        HeaderField(name: "Host", value: "s.test"),
        HeaderField(name: "Date", value: "Tue, 14 Nov 2023 22:13:20 GMT"),
        HeaderField(name: "Content-Type", value: "application/activity+json"),
    ]
    var body = Array(#"{"type":"Follow"}"#.utf8)
    /// The body's SHA-256 if nil; no field if empty.
    var digest: String?
    /// Identifiers as they stand in the list.
    var components = [#""@method""#, #""@target-uri""#, #""content-digest""#]
    var label = "sig1"
    var created: String? = "1700000000"
    var expires: String?
    var keyID: String? = #""https://b.test/users/b#main-key""#
    var algorithm: String? = #""rsa-v1_5-sha256""#
    /// Further parameters with their semicolons.
    var further = ""
    var scheme: SignatureScheme = .rsaSHA256
    var key = PeerKeys.rsa

    static var get: MessagePeerRequest {
        MessagePeerRequest(
            method: "GET", target: "/users/ann?page=1",
            fields: [HeaderField(name: "Host", value: "s.test")],
            body: [], components: [#""@method""#, #""@target-uri""#])
    }

    func with(_ change: (inout MessagePeerRequest) -> Void) -> MessagePeerRequest {
        var copy = self
        change(&copy)
        return copy
    }

    /// The message without Signature-Input and Signature.
    var unsigned: RequestMessage {
        let message = RequestMessage(method: method, target: target, fields: fields, body: body)
        let value = digest ?? (body.isEmpty ? "" : ContentDigest.field(for: body))
        return value.isEmpty ? message : message.adding("Content-Digest", value)
    }

    /// The list with its parameters.
    var input: String {
        var text = "(" + components.joined(separator: " ") + ")"
        if let created { text += ";created=\(created)" }
        if let expires { text += ";expires=\(expires)" }
        if let keyID { text += ";keyid=\(keyID)" }
        if let algorithm { text += ";alg=\(algorithm)" }
        return text + further
    }

    var base: String {
        components.map { "\($0): \(value(of: $0))\n" }.joined() + "\"@signature-params\": \(input)"
    }

    private func value(of component: String) -> String {
        let name = component.split(separator: ";")[0].filter { $0 != "\"" }
        let path = target.prefix { $0 != "?" }
        return switch name {
        case "@method": method
        case "@target-uri": origin + target
        case "@authority": origin.replacing("https://", with: "").replacing("http://", with: "")
        case "@scheme": String(origin.prefix { $0 != ":" })
        case "@request-target": target
        case "@path": String(path)
        case "@query": target.contains("?") ? String(target.dropFirst(path.count)) : "?"
        default:
            unsigned.fields.filter { $0.name.lowercased() == name }.map(\.value).joined(separator: ", ")
        }
    }

    /// The value of the Signature field.
    func signature() throws -> String {
        "\(label)=:\(Base64.encode(try key.get().sign(base.utf8, scheme: scheme))):"
    }

    func signed() throws -> RequestMessage {
        try unsigned.adding("Signature-Input", "\(label)=\(input)").adding("Signature", signature())
    }
}

extension RequestMessage {
    func without(_ name: String) -> RequestMessage {
        with { $0.fields.removeAll { $0.name.lowercased() == name.lowercased() } }
    }

    /// The same with the first value of a field changed.
    func replacing(_ name: String, with value: String) -> RequestMessage {
        with { message in
            guard let index = message.fields.firstIndex(where: { $0.name.lowercased() == name.lowercased() }) else {
                return
            }
            message.fields[index].value = value
        }
    }
}
