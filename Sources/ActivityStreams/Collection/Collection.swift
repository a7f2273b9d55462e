package import JSONTree
package import Wire

/// An `OrderedCollection` and its pages (ActivityStreams 2.0 vocabulary).
package enum Collection {
    /// A collection of which only the number is told.
    package static func summary(id: URI, totalItems: Int) -> JSON {
        [
            "@context": .string(Vocabulary.activityStreams), "id": .string(id.string), "type": "OrderedCollection",
            "totalItems": .int(totalItems),
        ]
    }

    /// A collection whose items are read from `first`.
    package static func paged(id: URI, totalItems: Int, first: String) -> JSON {
        [
            "@context": .string(Vocabulary.activityStreams), "id": .string(id.string), "type": "OrderedCollection",
            "totalItems": .int(totalItems), "first": .string(first),
        ]
    }

    /// A collection whose items depend on what is asked; `first` is a page of what is usual, where there is any.
    package static func questioned(id: URI, first: String?) -> JSON {
        var object = JSON.Object()
        object["@context"] = .string(Vocabulary.activityStreams)
        object["id"] = .string(id.string)
        object["type"] = "OrderedCollection"
        object["first"] = first.map { .string($0) }
        return .object(object)
    }

    /// A collection that is short enough to stand in one document.
    package static func whole(id: URI, items: [JSON]) -> JSON {
        [
            "@context": Vocabulary.postContext, "id": .string(id.string), "type": "OrderedCollection",
            "totalItems": .int(items.count), "orderedItems": .array(items),
        ]
    }

    /// A collection as it hangs on another object, as Mastodon writes it: an empty page, which says where the items
    /// are. GoToSocial takes no mere address for it, neither of the collection nor of its first page.
    package static func attached(id: URI, first: String) -> JSON {
        [
            "id": .string(id.string), "type": "Collection",
            "first": ["type": "CollectionPage", "partOf": .string(id.string), "next": .string(first), "items": []],
        ]
    }

    /// One page; `next` is absent on the last.
    package static func page(id: String, of collection: URI, items: [JSON], next: String?) -> JSON {
        var object = JSON.Object()
        object["@context"] = .string(Vocabulary.activityStreams)
        object["id"] = .string(id)
        object["type"] = "OrderedCollectionPage"
        object["partOf"] = .string(collection.string)
        object["next"] = next.map { .string($0) }
        object["orderedItems"] = .array(items)
        return .object(object)
    }
}
