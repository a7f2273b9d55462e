import Foundation
import NIOCore

/// How long a client waits for its pages where the reader follows ten thousand people and the database holds a million
/// posts.
struct ReadingMeasurement {
    let stage: Stage

    func measure() async throws -> Report {
        let posts = stage.scale.libraryPosts
        tell("writing \(posts) posts")
        let server = stage.server
        try await server.command(
            ["account", "create", Library.reader, "--email", "\(Library.reader)@home.example"])
        let token = try await server.command(["token", "create", Library.reader, "--name", "reading"])
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let author = try await Library(stage: stage, posts: posts).fill()
        tell("reading")
        var slowest: [(page: String, times: Distribution)] = []
        for (page, path) in Self.pages(author: author) {
            slowest.append((page, try await times(path, token)))
        }
        slowest.sort { $0.times.quantile(0.99) > $1.times.quantile(0.99) }
        for (page, times) in slowest {
            tell("\(page): p50 \(Int(times.quantile(0.5).rounded())) ms, worst \(Int(times.quantile(1).rounded())) ms")
        }
        let home = slowest.first { $0.page == "home" }?.times ?? Distribution([])
        let worst = slowest.first
        return Report([
            .milliseconds(.homePage, "home of 10,000 followed, \(posts) posts, worst", home.quantile(1)),
            .milliseconds(
                .slowestPage, "slowest of \(slowest.count) pages (\(worst?.page ?? "none")), worst",
                worst?.times.quantile(1) ?? 0),
        ])
    }

    private static func pages(author: String) -> [(name: String, path: String)] {
        let before = "max_id=\((Int64(Date().timeIntervalSince1970) - 180 * 86_400) * 1000 << 16)"
        let timelines = "/api/v1/timelines"
        return [
            ("home", "\(timelines)/home?limit=40"),
            ("public", "\(timelines)/public?limit=40"),
            ("public, half a year ago", "\(timelines)/public?limit=40&\(before)"),
            ("local", "\(timelines)/public?local=true&limit=40"),
            ("a tag that many use", "\(timelines)/tag/\(Library.tags.common)?limit=40"),
            ("a tag that some use", "\(timelines)/tag/\(Library.tags.some)?limit=40"),
            ("a tag that few use", "\(timelines)/tag/\(Library.tags.rare)?limit=40"),
            ("a tag that nobody uses", "\(timelines)/tag/nobodyusesthis?limit=40"),
            ("an author", "/api/v1/accounts/\(author)/statuses?limit=40"),
            ("an author without answers", "/api/v1/accounts/\(author)/statuses?limit=40&exclude_replies=true"),
            ("an author's pictures", "/api/v1/accounts/\(author)/statuses?limit=40&only_media=true"),
            ("notifications", "/api/v1/notifications?limit=40"),
            ("conversations", "/api/v1/conversations"),
            ("people found by name", "/api/v2/search?q=writer&type=accounts"),
            ("people found by nothing", "/api/v2/search?q=zzzz&type=accounts"),
            ("posts found by a word", "/api/v2/search?q=word42&type=statuses"),
            ("posts found by a word in all", "/api/v2/search?q=learnt&type=statuses"),
            ("tags found", "/api/v2/search?q=topic&type=hashtags"),
            ("directory", "/api/v1/directory?limit=40"), ("suggestions", "/api/v2/suggestions"),
            ("instance", "/api/v2/instance"), ("whom the reader follows", "/api/v1/accounts/\(author)/followers"),
        ]
    }

    /// Milliseconds of so many calls, after some that warm the caches.
    private func times(_ path: String, _ token: String) async throws -> Distribution {
        var times: [Double] = []
        for number in 0..<25 {
            let begin = ContinuousClock.now
            let answer = try await stage.server.call("GET", path, token: token)
            guard answer.status == 200 else { throw BenchFailure.refused("\(path): \(answer.text)") }
            if number >= 5 { times.append((ContinuousClock.now - begin) / .milliseconds(1)) }
        }
        return Distribution(times)
    }
}
