/// What a block of a domain ends or strands, counted.
package struct DomainEffects: Equatable, Sendable {
    /// People and servers there that are known here.
    package let actors: Int
    /// Follows of people here by people there, waiting ones among them; a block ends them.
    package let followers: Int
    /// Follows of people there by people here, waiting ones among them; a block ends them.
    package let following: Int
    /// What waits to be delivered there; a block drops it.
    package let deliveries: Int
    /// Sessions with people there that are asked for or agreed. They stay as they are for both sides to read, but
    /// nothing about them travels any more.
    package let sessions: Int

    package init(actors: Int, followers: Int, following: Int, deliveries: Int, sessions: Int) {
        self.actors = actors
        self.followers = followers
        self.following = following
        self.deliveries = deliveries
        self.sessions = sessions
    }
}
