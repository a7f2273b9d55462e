package import JSONTree
package import Wire

/// A collection of another server, or a page of one: what is here, and where it goes on.
///
/// A page that a collection carries in `first` is taken as if it were read next. So a reader takes the items, then
/// fetches ``next`` while there is one and it has not seen enough; it counts its own fetches.
package struct CollectionDocument: Equatable, Sendable {
    package var id: URI?
    /// How many there are, as the other server says.
    package var totalItems: Int?
    /// At most 200 unless more were asked for, as they came.
    package var items: [JSON]
    /// A page at the same origin; nil at the end, and where the items were here at once.
    package var next: URI?

    package init(id: URI?, totalItems: Int?, items: [JSON], next: URI?) {
        self.id = id
        self.totalItems = totalItems
        self.items = items
        self.next = next
    }

    package static let mostItems = 200

    /// nil when the document is no collection.
    package init?(_ document: JSON) { self.init(document, most: Self.mostItems) }

    /// - Parameter most: items that are wanted.
    package init?(_ document: JSON, most: Int) {
        guard let type = document.type, Self.types.contains(type) else { return nil }
        let id = document.id
        let items = Self.items(of: document, most: most)
        let first = document["first"].list.first
        let embedded = first.flatMap { $0.type.map(Self.types.contains) == true ? $0 : nil }
        let next: URI? =
            if !items.isEmpty {
                document.uri("next")
            } else if let embedded {
                embedded.uri("next") ?? (Self.items(of: embedded, most: most).isEmpty ? embedded.id : nil)
            } else {
                first?.uri ?? document.uri("next")
            }
        self.init(
            id: id, totalItems: document.count("totalItems"),
            items: items.isEmpty ? embedded.map { Self.items(of: $0, most: most) } ?? [] : items,
            next: next.flatMap { next in id.map(next.isSameOrigin) == true && next != id ? next : nil })
    }

    private static let types: Set<String> = [
        "Collection", "OrderedCollection", "CollectionPage", "OrderedCollectionPage",
    ]

    /// `orderedItems`, or `items` of servers that use it for everything.
    private static func items(of document: JSON, most: Int) -> [JSON] {
        let ordered = document["orderedItems"].list
        return Array((ordered.isEmpty ? document["items"].list : ordered).prefix(most))
    }

    /// The ids of the items.
    package var uris: [URI] { items.compactMap(\.uri) }
}
