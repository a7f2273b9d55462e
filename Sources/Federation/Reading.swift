package import JSONTree

/// What somebody who asks for a document of ours gets.
package enum Reading: Sendable {
    case document(JSON)
    /// It was withdrawn; the document is its Tombstone.
    case gone(JSON)
    /// Nothing, or nothing for this reader: the two cannot be told apart.
    case nothing
}
