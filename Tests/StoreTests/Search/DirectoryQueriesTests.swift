import Foundation
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

struct DirectoryQueriesTests {
    @Test("Nobody of a limited host is put before people, whatever host the handle names")
    func limited() async throws {
        try await withCommunity { home in
            let id = try await home.database.save(
                RemoteActor(
                    uri: try uri("https://social.l.example/users/eve"), kind: .person,
                    handle: try handle("eve@names.example"), name: "Eve", summary: "", url: nil,
                    inbox: try uri("https://social.l.example/users/eve/inbox"), sharedInbox: nil, speaksMentoring: true,
                    isDiscoverable: true))
            let directory = Directory(localOnly: false, newestFirst: false, limit: 40, offset: 0)
            func shown() async throws -> (listed: Bool, found: Bool, isLimited: Bool) {
                (
                    try await home.database.directory(directory).contains(id),
                    try await home.database.people(named: "eve", followedBy: nil, limit: 10, offset: 0).contains(id),
                    try #require(try await home.database.person(id)).isLimited
                )
            }
            #expect(try await shown() == (true, true, false))
            try await home.database.save(
                DomainRule(
                    domain: DomainName(host: "l.example"), kind: .limit, reason: "", author: "test", createdAt: Date()))
            #expect(try await shown() == (false, false, true))
        }
    }
}
