/// Cookies (RFC 6265bis): read by the one name that they are written with, and never readable for scripts.
package struct Cookies: Sendable {
    private let isSecure: Bool

    /// - Parameter isSecure: whether the world reaches this server by https alone; then no other host and no plain
    ///   connection can set them either (`__Host-`).
    package init(isSecure: Bool) { self.isSecure = isSecure }

    private func wireName(_ name: String) -> String { isSecure ? "__Host-\(name)" : name }

    package func read(_ name: String, _ exchange: Exchange) -> String? {
        let name = wireName(name)
        for pair in exchange.fields.filter({ $0.name == "cookie" }).flatMap({ $0.value.split(separator: ";") }) {
            let parts = pair.split(separator: "=", maxSplits: 1)
            if parts.count == 2, parts[0].trimmingPrefix(" ") == name { return String(parts[1]) }
        }
        return nil
    }

    /// - Parameter seconds: how long the browser keeps it; nil until it is closed, 0 to take it away.
    package func write(_ name: String, _ value: String, seconds: Int?) -> (name: String, value: String) {
        let age = seconds.map { "; Max-Age=\($0)" } ?? ""
        let secure = isSecure ? "; Secure" : ""
        return ("set-cookie", "\(wireName(name))=\(value); Path=/; HttpOnly; SameSite=Lax\(age)\(secure)")
    }
}
