package import PostgreSQL
package import Social
package import Wire

/// How the transaction of an activity finds things when it begins.
package struct Reception: Sendable {
    package let sender: Actor
    /// The key that signed, as it is stored now; nil where it is not the sender's.
    package let publicPEM: String?
    /// Whether the activity takes effect now; false when it already did.
    package let isNew: Bool
    /// Whether somebody has proved before to be at the sender's host.
    package let isHostKnown: Bool
}

extension Queryable {
    /// Remembers that an activity of a known sender takes effect, as ``markReceived(_:from:)``, and tells in the same
    /// round trip what there is to know of the sender; nil when nobody has this number.
    package func receive(_ activity: URI, from actor: ActorID, at authority: String, signedWith key: URI) async throws
        -> Reception?
    {
        try await row(
            """
            with receipt as (
                insert into received_activities (uri, actor_id)
                select \(activity), id from actors where id = \(actor)
                on conflict do nothing returning uri
            )
            select \(Actor.columns), exists (select from receipt) as is_new,
                (select public_pem from actor_keys where uri = \(key) and actor_id = actors.id) as public_pem,
                exists (select from hosts where host = \(authority) and known_since is not null) as is_host_known
            from actors where id = \(actor)
            """
        ).map {
            Reception(
                sender: try Actor($0), publicPEM: try $0.get("public_pem"), isNew: try $0.get("is_new"),
                isHostKnown: try $0.get("is_host_known"))
        }
    }
}
