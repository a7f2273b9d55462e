import Foundation
package import PostgreSQL
package import Social
import Store
import Synchronization
import Wire

/// Answers, at every entrance and exit, what the community's rules say of a host.
///
/// The rules lie in the database and are held in memory. What is held is compared with the database once a second at
/// most, by a number that changes with every change of a rule, so that a new block holds in every process within two
/// seconds. While the database is silent, the rules last known hold.
package final class DomainPolicy: Sendable {
    package let mode: FederationMode

    private struct Held {
        var rules = DomainRules.none
        var version: Int64?
        var checkedAt: ContinuousClock.Instant?
        var checking: Task<Void, Never>?
        var requests = RequestRation()
    }

    /// After this a look at the database is begun, without waiting for it; after the longer time it is waited for.
    static let freshness: Duration = .milliseconds(500)
    static let staleness: Duration = .milliseconds(1500)
    /// Domains that are kept for review.
    package static let keptRequests = 500

    private let database: Pool
    private let community: Community
    private let held = Mutex(Held())

    /// A policy that has not read the rules yet: its first answers wait for them.
    package init(database: Pool, community: Community, mode: FederationMode) {
        self.database = database
        self.community = community
        self.mode = mode
    }

    /// A policy that holds the rules; throws when they cannot be read.
    package static func load(database: Pool, community: Community, mode: FederationMode) async throws -> DomainPolicy {
        let policy = DomainPolicy(database: database, community: community, mode: mode)
        try await policy.read()
        return policy
    }

    /// What holds for a host, as ``URI/host`` spells it. Our own is always open.
    package func judge(_ host: String) async -> Judgement {
        await refresh()
        return lastKnown(host)
    }

    /// The same from what is held in memory alone, for use within a transaction. Who came through an inbox has just been
    /// judged by ``judge(_:)``.
    package func lastKnown(_ host: String) -> Judgement {
        host == community.origin.host ? .open : held.withLock(\.rules).judge(host, mode: mode)
    }

    /// Why a request that names these hosts is refused; nil when none of them is.
    package func refusal(among hosts: [String]) async -> Judgement.Refusal? {
        await refresh()
        return hosts.lazy.compactMap { self.lastKnown($0).refusal }.first
    }

    /// Notes a domain that is not listed for somebody to review. At most twenty new ones a minute: names are free, and
    /// that a request comes from where it says is not proven.
    package func noteRequest(of host: String) async {
        guard let domain = DomainName(host), held.withLock({ $0.requests.admits(domain, at: .now) }) else { return }
        try? await database.transaction { try await $0.noteDomainRequest(domain, limit: Self.keptRequests) }
    }
}

extension DomainPolicy {
    private func refresh() async {
        let now = ContinuousClock.now
        let task = held.withLock { held -> Task<Void, Never>? in
            let age = held.checkedAt.map { now - $0 }
            if let age, age < Self.freshness { return nil }
            if held.checking == nil {
                // Detached: whoever asks may be inside of a transaction, where nothing else may use the database.
                held.checking = Task.detached { [self] in
                    try? await read()
                    self.held.withLock {
                        $0.checking = nil
                        $0.checkedAt = .now
                    }
                }
            }
            return age.map { $0 > Self.staleness } ?? true ? held.checking : nil
        }
        await task?.value
    }

    private func read() async throws {
        let version = try await database.domainRulesVersion()
        guard held.withLock({ $0.version != version }) else { return }
        // Read after their number: where a rule changed in between, the next look reads again.
        let rules = DomainRules(try await database.domainRules().map { ($0.domain, $0.kind) })
        held.withLock {
            $0.rules = rules
            $0.version = version
            $0.checkedAt = .now
        }
    }
}

/// Which domains are written down: each once in ten minutes, and so many new ones a minute.
private struct RequestRation {
    private var noted: [DomainName: ContinuousClock.Instant] = [:]
    private var minute: (begin: ContinuousClock.Instant, count: Int)?

    mutating func admits(_ domain: DomainName, at now: ContinuousClock.Instant) -> Bool {
        if let at = noted[domain], now - at < .seconds(600) { return false }
        if let begin = minute?.begin, now - begin < .seconds(60) {
            guard minute?.count ?? 0 < 20 else { return false }
            minute?.count += 1
        } else {
            minute = (now, 1)
        }
        if noted.count >= 1000 { noted = noted.filter { now - $0.value < .seconds(600) } }
        noted[domain] = now
        return true
    }
}
