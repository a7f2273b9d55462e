package import JSONTree
package import Wire

/// Keeping out and reporting.
extension Envelope {
    package func block(_ target: URI) -> JSON {
        activity("Block", object: .string(target.string))
    }

    /// A report to the moderators of the server at which all these are. Who reports is not told: the actor is that of
    /// the server (federation profile 2.4).
    ///
    /// - Parameters:
    ///   - person: who is reported.
    ///   - posts: of that person.
    ///   - comment: plain text.
    package func flag(_ person: URI, posts: [URI], comment: String) -> JSON {
        activity(
            "Flag", object: .strings(([person] + posts).map(\.string)),
            ["content": comment.isEmpty ? nil : .string(comment)])
    }
}
