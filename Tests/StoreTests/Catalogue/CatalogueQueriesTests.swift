import Mentoring
import Store
import TestSupport
import Testing

struct CatalogueQueriesTests {
    @Test func startsWithTheFirstTypes() async throws {
        try await withCommunity { home in
            let catalogue = try await home.database.catalogue()
            #expect(
                catalogue.offered.map(\.name) == ["artistic", "knowledge_transfer", "panamia_planning", "pana_support"])
            #expect(catalogue["panamia_planning"]?.pricing == .alwaysFree)
            #expect(catalogue["pana_support"]?.durations == [15, 30, 45, 60])
        }
    }

    @Test func keepsNewAndChangedTypes() async throws {
        try await withCommunity { home in
            let type = SessionType(
                name: "review", label: "Code 'review'", description: "Line\nby line.", durations: [5, 480],
                pricing: .alwaysFree, position: 9, isOffered: true)
            try await home.database.save(type)
            #expect(try await home.database.catalogue()["review"] == type)
            let retired = SessionType(
                name: "review", label: "Old", description: "", durations: [10], pricing: .mentorSetsRate, position: 0,
                isOffered: false)
            try await home.database.save(retired)
            #expect(try await home.database.catalogue()["review"] == retired)
            #expect(try await home.database.catalogue().offered.count == 4)
        }
    }
}
