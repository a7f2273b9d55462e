/// The database's number of an actor, local or remote. Never leaves the server.
package struct ActorID: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}
