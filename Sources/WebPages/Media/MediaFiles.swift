import Foundation
import Social
import Store
import WebServer

extension Pages {
    /// The pictures that people here uploaded, for everybody who knows the address. What is behind one never changes,
    /// but it ends with its post or profile.
    var mediaFiles: Route {
        Route(.get, "/media/{key}/{name}", access: .open) { exchange in
            guard let file = MediaFile(key: exchange.parameter("key"), name: exchange.parameter("name")) else {
                throw Problem.notFound
            }
            let tag = "\"\(file.key.uuidString.lowercased()).\(file.size.rawValue)\""
            let fields = [
                ("etag", tag), ("cache-control", "public, max-age=31536000, immutable"),
                // Whatever it may be taken for, it is a picture (B09).
                ("content-security-policy", "default-src 'none'; sandbox"),
            ]
            if exchange.knows(tag), try await database.hasFile(file) { return Answer(status: 304, fields: fields) }
            guard let bytes = try await database.bytes(of: file) else { throw Problem.notFound }
            return Answer(status: 200, fields: fields + [("content-type", file.kind.rawValue)], body: bytes)
        }
    }
}

extension Exchange {
    fileprivate func knows(_ tag: String) -> Bool {
        let tags =
            field("if-none-match")?.split(separator: ",").map { $0.trimmingPrefix(" ").trimmingPrefix("W/") } ?? []
        return tags.contains { $0 == tag || $0 == "*" }
    }
}
