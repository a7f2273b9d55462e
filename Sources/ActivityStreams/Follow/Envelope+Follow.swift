package import JSONTree
package import Wire

/// Following and what answers it (ActivityPub sections 7.5 to 7.7).
extension Envelope {
    package func follow(_ target: URI) -> JSON {
        activity("Follow", object: .string(target.string))
    }

    /// Agrees to a Follow or a Join.
    package func accept(_ request: ActivityStub) -> JSON {
        activity("Accept", object: request.json)
    }

    /// Refuses a Follow or a Join, or ends what was agreed to.
    package func reject(_ request: ActivityStub) -> JSON {
        activity("Reject", object: request.json)
    }

    /// Takes back an own Follow, Like, Announce or Block.
    package func undo(_ own: ActivityStub) -> JSON {
        activity("Undo", object: own.json)
    }
}
