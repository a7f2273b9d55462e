import ActivityStreams
import JSONTree
import Testing

@Suite struct CollectionTests {
    @Test func writesCollectionsAndPages() throws {
        let id = try Samples.uri("https://b.example/users/noor/outbox")
        let summary = Collection.summary(id: id, totalItems: 3)
        #expect(summary.type == "OrderedCollection" && summary.id == id && summary["totalItems"]?.int == 3)
        #expect(summary["first"] == nil && summary["@context"]?.string == Vocabulary.activityStreams)
        let paged = Collection.paged(id: id, totalItems: 3, first: "\(id)?page=1")
        #expect(paged["first"]?.string == "\(id)?page=1")
        let page = Collection.page(id: "\(id)?page=1", of: id, items: ["x"], next: "\(id)?page=2")
        #expect(page.type == "OrderedCollectionPage" && page.uri("partOf") == id)
        #expect(page["orderedItems"] == ["x"] && page["next"]?.string == "\(id)?page=2")
        #expect(Collection.page(id: "\(id)", of: id, items: [], next: nil)["next"] == nil)
    }
}
