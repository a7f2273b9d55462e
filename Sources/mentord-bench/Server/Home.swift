import Foundation
import JSONTree

/// The people of the community that is measured, and what they have written.
struct Home: Sendable {
    let origin: String
    /// Those whom the world writes to. The first is a mentor.
    let people: [String]
    /// Addresses of their posts.
    let posts: [String]

    /// Whose posts are delivered to people of the whole world, to a crowd, and to nobody.
    static let star = "star"
    static let celebrity = "celebrity"
    static let hermit = "hermit"

    func uri(of person: String) -> String { "\(origin)/users/\(person)" }

    /// Opens the accounts and lets the people write.
    static func settle(on server: ServerUnderTest) async throws -> Home {
        tell("opening accounts")
        let people = ["noor", "mika", "tomas", "ines", "lena", "omar", "yuki", "ravi"]
        for name in people + [star, celebrity, hermit] {
            try await server.command(["account", "create", name, "--email", "\(name)@home.example"])
        }
        let token = try await server.command(["token", "create", people[0], "--name", "bench"])
        let answer = try await server.call(
            "POST", "/api/mentoring/profile", token: token.trimmingCharacters(in: .whitespacesAndNewlines),
            [
                "bio": "I help with SQL and first jobs.", "expertise": ["sql"], "languages": ["en"],
                "zone": "Europe/Berlin", "offers": [["type": "pana_support"]], "published": true,
            ])
        guard answer.status == 200 else { throw BenchFailure.refused("The mentor's profile: \(answer.text)") }
        var posts: [String] = []
        for name in people { posts += try await server.post("What I learnt this week", times: 8, as: name) }
        return Home(origin: server.origin, people: people, posts: posts)
    }
}

extension ServerUnderTest {
    /// Publishes a post so often.
    ///
    /// - Returns: the addresses of the posts.
    @discardableResult
    func post(_ text: String, times: Int = 1, as person: String) async throws -> [String] {
        let output = try await command(["act", "post", text, "--as", person, "--times", String(times)])
        let addresses = output.split(separator: "\n").map(String.init)
        guard addresses.count == times else { throw BenchFailure.unreadable("mentord act post", output: output) }
        return addresses
    }
}
