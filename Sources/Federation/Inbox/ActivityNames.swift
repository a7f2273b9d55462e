import ActivityStreams
import JSONTree
import Social
import Wire

/// What an activity says of where it comes from, read before anybody is believed.
struct ActivityNames {
    let document: JSON

    /// The objects that count; ``ReceivedActivity`` takes no more either.
    private var objects: ArraySlice<JSON> { document["object"].list.prefix(20) }

    /// The hosts of everything that the activity brings or is about: its id and actor, its objects and their owners.
    /// A rule about any of them is one about the activity (K04).
    var hosts: [String] {
        let owners = objects.flatMap { $0["attributedTo"].list.prefix(5) + $0["actor"].list.prefix(5) }
        let named = [document] + document["actor"].list.prefix(5) + objects + owners
        return Array(Set(named.compactMap { $0.uri?.host }))
    }

    /// The actor whose departure this tells, in its own name: `Delete` with the actor as object.
    var departing: URI? {
        guard document.type == "Delete", let actor = document.uri("actor"), document.uri("object") == actor else {
            return nil
        }
        return actor
    }

    /// Whether the activity names or brings something as its sender's that would lie at an address of ours (B11).
    func claimsNames(of community: Community) -> Bool {
        let own = community.origin.authority
        if document.id?.authority == own { return true }
        return bringsObjects && objects.contains { $0.object != nil && $0.id?.authority == own }
    }

    /// Whether an object that the activity brings is ascribed to somebody elsewhere beside its sender (B02, B18).
    func sharesOwnership(with sender: URI) -> Bool {
        guard bringsObjects else { return false }
        return objects.contains { object in
            let owners = object["attributedTo"].list
            return owners.count > 1 && !owners.prefix(20).allSatisfy { $0.uri?.isSameOrigin(as: sender) == true }
        }
    }

    private var bringsObjects: Bool { document.type == "Create" || document.type == "Update" }
}
