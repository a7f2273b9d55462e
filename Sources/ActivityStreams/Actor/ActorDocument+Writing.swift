package import JSONTree
import Wire

extension ActorDocument {
    /// The document with its context.
    package var json: JSON {
        var object = JSON.Object()
        object["@context"] = Vocabulary.actorContext
        write(to: &object)
        return .object(object)
    }

    /// The document without `@context`, to be carried by an activity.
    package var embedded: JSON {
        var object = JSON.Object()
        write(to: &object)
        return .object(object)
    }

    private func write(to object: inout JSON.Object) {
        object["id"] = .string(id.string)
        object["type"] = .string(kind.rawValue)
        object["preferredUsername"] = .string(username)
        object["webfinger"] = webfinger.map { .string($0) }
        object["name"] = .string(name)
        object["summary"] = .string(summary)
        object["url"] = url.map { .string($0.string) }
        object["inbox"] = .string(inbox.string)
        object["outbox"] = outbox.map { .string($0.string) }
        object["followers"] = followers.map { .string($0.string) }
        object["following"] = following.map { .string($0.string) }
        object["endpoints"] = sharedInbox.map { ["sharedInbox": .string($0.string)] }
        object["featured"] = featured.map { .string($0.string) }
        object["mnt:directory"] = directory.map { .string($0.string) }
        object["manuallyApprovesFollowers"] = .bool(manuallyApprovesFollowers)
        object["discoverable"] = .bool(isDiscoverable)
        object["indexable"] = .bool(isIndexable)
        object["suspended"] = .bool(isSuspended)
        object["memorial"] = .bool(isMemorial)
        object["published"] = published.map { .string(DateTime.format($0)) }
        object["updated"] = updated.map { .string(DateTime.format($0)) }
        object["alsoKnownAs"] = aliases.isEmpty ? nil : .strings(aliases.map(\.string))
        object["movedTo"] = movedTo.map { .string($0.string) }
        object["icon"] = icon?.json
        object["image"] = image?.json
        object["publicKey"] = keys.lazy.compactMap(\.publicKey).first
        let multikeys = keys.compactMap(\.multikey)
        if !multikeys.isEmpty { object["assertionMethod"] = .array(multikeys) }
        object["generator"] = [
            "type": "Application",
            "implements": .array(capabilities.map { ["href": .string($0)] }),
        ]
        mentor?.write(to: &object)
        object["tag"] = Tags(hashtags: allHashtags, emojis: emojis).json
        object["attachment"] = .array(allFields.map(\.json))
    }

    /// With the expertise of a mentor, for software that knows nothing of mentoring.
    private var allHashtags: [Tags.Hashtag] {
        hashtags + (mentor?.hashtags ?? []).filter { own in !hashtags.contains { $0.name == own.name } }
    }

    /// With the mentor's profile in short; what people wrote themselves under the same name goes before.
    private var allFields: [Field] {
        fields + (mentor?.fields ?? []).filter { own in !fields.contains { $0.name == own.name } }
    }
}

extension ActorDocument.Field {
    fileprivate var json: JSON { ["type": "PropertyValue", "name": .string(name), "value": .string(value)] }
}
