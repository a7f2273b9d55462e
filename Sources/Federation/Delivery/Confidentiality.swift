import ActivityStreams
import JSONTree
import Social
import Wire

/// Keeps what is between two people from being written out to anybody else. Asked at the one place where activities
/// are stored to be sent, whoever wrote them (federation profile 7.1, 7.2).
///
/// Private is every activity that says something with a term of the mentoring extension: requests and their answers,
/// workspaces, ratings. Not so an actor, which is public, or the directory of those who want to be found. It goes to
/// one actor, who is named alone, and so does what it carries. A direct post goes to those whom it names, never to
/// everybody or to a collection.
enum Confidentiality {
    /// Why an activity must not be sent as it is written; nil where nothing stands against it.
    ///
    /// - Parameter audience: to whom it would be delivered by name.
    static func fault(in activity: OutgoingActivity, for audience: [URI]) -> ConfidentialityFault? {
        let document = activity.document
        let carried = document["object"].list.filter { $0.object != nil }
        if isPrivate(document) || carried.contains(where: isPrivate) {
            guard !activity.isPublic else { return .isPublic }
            guard audience.count == 1, let recipient = audience.first else { return .severalRecipients }
            return faults(in: [document] + carried, notFor: recipient).first
        }
        let isDirect = carried.contains { $0["directMessage"]?.bool == true }
        return isDirect && (activity.isPublic || ([document] + carried).contains(where: reachesCrowds))
            ? .reachesCrowds : nil
    }

    private static func isPrivate(_ thing: JSON) -> Bool {
        guard let members = thing.object, !actorTypes.contains(thing.type ?? "") else { return false }
        let terms = members.lazy.map(\.key).filter { $0.hasPrefix("mnt:") || $0.hasPrefix(Vocabulary.mentoring) }
        return !terms.isEmpty && !(isOfDirectory(thing) && terms.allSatisfy { $0 == "mnt:revision" })
    }

    /// What is told of a directory names somebody in it, and counts its changes.
    private static func isOfDirectory(_ activity: JSON) -> Bool {
        ["Add", "Update", "Remove"].contains(activity.type) && activity["object"]?.string != nil
            && activity["target"]?.string != nil
    }

    private static func faults(in things: [JSON], notFor recipient: URI) -> [ConfidentialityFault] {
        things.enumerated().compactMap { index, thing in
            let others = ["cc", "bto", "bcc", "audience"].flatMap { thing[$0].list }
            let to = thing["to"].list.compactMap(\.string)
            // What is carried may leave out whom it is for.
            let isNamed = to == [recipient.string] || (index > 0 && thing["to"] == nil)
            return isNamed && others.isEmpty && !isCrowd(recipient.string) ? nil : .otherAddressees
        }
    }

    private static func reachesCrowds(_ thing: JSON) -> Bool {
        ["to", "cc", "bto", "bcc", "audience"].flatMap { thing[$0].list }
            .contains { isCrowd($0.string ?? $0["id"]?.string ?? "") }
    }

    /// Everybody, or a collection of an actor's.
    private static func isCrowd(_ addressee: String) -> Bool {
        Vocabulary.isEverybody(addressee)
            || ["/followers", "/following", "/outbox"].contains { addressee.hasSuffix($0) }
    }
}

/// What is wrong with the addressing of something private. It is a mistake of this server's own, and undoes the
/// transaction in which it would have been written.
enum ConfidentialityFault: Error, Hashable {
    /// It is marked as something that everybody may read.
    case isPublic
    /// It would be delivered to nobody, or to more than one.
    case severalRecipients
    /// It names others than the one to whom it goes.
    case otherAddressees
    /// A direct post names everybody, or a collection.
    case reachesCrowds
}
