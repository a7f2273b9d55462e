import ActivityStreams
import JSONTree
import Social
package import Store
import UseCases
package import Wire

/// Reads the directory of another community page by page, within limits: its server may mean harm.
package struct DirectoryReader: Sendable {
    /// Of one directory, with the collection itself.
    package static let mostPages = 200
    /// Of one page.
    static let pageSize = 1000

    /// What was read.
    package struct Reading: Equatable, Sendable {
        package var mentors: [ListedMentor] = []
        package var revision: Int?
        /// Why this is not all of it, or what was left out.
        package var remark: String?
        /// Whether the end was reached.
        package var isWhole = false
    }

    private let fetcher: DocumentFetcher
    private let patience: Duration

    /// - Parameter patience: after this time no more pages are asked for.
    package init(fetcher: DocumentFetcher, patience: Duration = .seconds(40)) {
        self.fetcher = fetcher
        self.patience = patience
    }

    /// - Parameter address: the directory's; mentors count at its origin alone.
    package func read(_ address: URI) async throws(DocumentFetcher.Failure) -> Reading {
        let end = ContinuousClock.now + patience
        var (reading, known, strange) = (Reading(), Set<URI>(), 0)
        var (next, seen): (URI?, Set<URI>) = (address, [])
        while let page = next {
            guard seen.count < Self.mostPages else {
                reading.remark = "has more than \(Self.mostPages) pages"
                return reading
            }
            guard .now < end else {
                reading.remark = "took longer than \(patience) to read"
                return reading
            }
            guard seen.insert(page).inserted else {
                reading.remark = "leads in a circle"
                return reading
            }
            let document = try await fetcher.page(at: page)
            guard let collection = CollectionDocument(document, most: Self.pageSize) else { throw .notJSON }
            if page == address {
                reading.revision = DirectoryDocument.revision(of: document, most: DirectoryChange.mostRevisions)
            }
            for item in collection.items {
                guard let item = DirectoryItem(item), item.id.isSameOrigin(as: address) else {
                    strange += 1
                    continue
                }
                guard known.insert(item.id).inserted else { continue }
                guard reading.mentors.count < Neighbours.mostMentors else {
                    reading.remark = "has more than \(Neighbours.mostMentors) mentors"
                    return reading
                }
                reading.mentors.append(ListedMentor(uri: item.id, updatedAt: item.updated))
            }
            next = collection.next.flatMap { $0.isSameOrigin(as: address) ? $0 : nil }
        }
        if strange > 0 { reading.remark = "names \(strange) who are not of its server" }
        reading.isWhole = true
        return reading
    }
}
