import ActivityStreams
import PostgreSQL
import Social
import Store
import Wire

extension Transaction {
    /// The one person of ours whom an activity addresses.
    func addressee(of activity: ReceivedActivity) async throws -> Actor? {
        let named = activity.document.uri("target").map { [$0.string] } ?? []
        for address in (named + activity.document.addressees).prefix(20) {
            guard let uri = URI(address), let actor = try await actor(uri: uri), actor.isLocal,
                actor.kind == .person, activity.document.addressees.contains(uri.string)
            else { continue }
            return actor
        }
        return nil
    }
}
