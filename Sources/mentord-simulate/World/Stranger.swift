import JSONTree
import Social
import Wire

/// Somebody who is no party, and has seen what the parties sent.
enum Stranger {
    /// The same activity in the stranger's own name: all that a signature lets them say.
    static func forgery(of document: JSON, by daemon: Daemon) -> JSON? {
        guard var members = document.object, let stranger = daemon.people.first(where: \.isLocal) else { return nil }
        let name = JSON.string(stranger.uri.string)
        members["id"] = .string(daemon.newActivity().string)
        members["actor"] = name
        if var object = members["object"]?.object {
            for member in ["actor", "attributedTo"] where object[member] != nil { object[member] = name }
            members["object"] = .object(object)
        }
        return .object(members)
    }
}
