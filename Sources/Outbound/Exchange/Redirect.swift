import Wire

/// Which responses redirect, and whereto.
enum Redirect {
    /// Redirects to another URI for the same document. 300 and 304 are answers of their own.
    static func isRedirect(status: Int) -> Bool {
        switch status {
        case 301, 302, 303, 307, 308: true
        default: false
        }
    }

    /// Resolves a `Location` against the URI that gave it, without fragment.
    ///
    /// Absolute URIs and references that begin with `//`, `/` or `?` are understood; relative paths, which no
    /// federated server is known to send, other schemes and anything with control bytes give nil.
    static func target(_ location: String, from base: URI) -> URI? {
        let bytes = location.utf8
        let absolute: String
        if bytes.starts(with: "//".utf8) {
            absolute = "\(base.scheme.rawValue):\(location)"
        } else if bytes.starts(with: "/".utf8) {
            absolute = "\(base.origin)\(location)"
        } else if bytes.starts(with: "?".utf8) {
            absolute = "\(base.origin)\(base.path)\(location)"
        } else {
            absolute = location
        }
        return URI(absolute)?.withoutFragment
    }
}
