import Keys

/// What a form carries to prove that it came from a page of ours: it follows from a secret in a cookie, which no other
/// site can read.
struct FormToken: Sendable {
    let text: String

    init(secret: String) {
        text = Base64.encode(Digest.sha256(Array("form \(secret)".utf8)), as: .urlSafe)
    }

    func isProven(by given: String?) -> Bool {
        given.map { constantTimeEqual(Array($0.utf8), Array(text.utf8)) } ?? false
    }
}
