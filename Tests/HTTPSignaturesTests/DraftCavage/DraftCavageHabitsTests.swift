import Keys
import Testing

@testable import HTTPSignatures

/// How other servers sign with draft-cavage, as their sources have it.
@Suite struct DraftCavageHabitsTests {
    struct Habit: Sendable, CustomTestStringConvertible {
        var software: String
        var delivery: String
        var fetch: String
        var algorithm: String? = "rsa-sha256"
        var keyID = "https://b.test/users/b#main-key"
        var signsQuery = false
        var separator = ","

        var testDescription: String { software }
    }

    static let habits = [
        Habit(
            software: "Mastodon",
            delivery: "host date content-type digest (request-target)",
            fetch: "host date (request-target)", signsQuery: true),
        Habit(
            software: "Mastodon with collection synchronisation",
            delivery: "host date content-type digest collection-synchronization (request-target)",
            fetch: "host date (request-target)", signsQuery: true),
        Habit(
            software: "GoToSocial", delivery: "(request-target) host date digest",
            fetch: "(request-target) host date", algorithm: "hs2019",
            keyID: "https://b.test/users/b/main-key", signsQuery: true),
        Habit(
            software: "Misskey", delivery: "(request-target) date host digest",
            fetch: "(request-target) date host accept", keyID: "https://b.test/users/9x#main-key"),
        Habit(
            software: "Akkoma", delivery: "(request-target) host date digest content-length",
            fetch: "(request-target) host date"),
        Habit(
            software: "Pleroma", delivery: "(request-target) content-length date digest host",
            fetch: "(request-target) date host"),
        Habit(
            software: "Friendica", delivery: "(request-target) date content-length digest host",
            fetch: "(request-target) date host", keyID: "https://b.test/profile/b#main-key"),
        Habit(
            software: "Lemmy", delivery: "(request-target) content-type date digest host",
            fetch: "(request-target) date digest host", algorithm: "hs2019", signsQuery: true),
        Habit(
            software: "Takahe", delivery: "(request-target) host date digest content-type",
            fetch: "(request-target) host date accept"),
        Habit(
            software: "upper-case list, spaces after commas, no algorithm",
            delivery: "(request-target) Host Date Digest Content-Type",
            fetch: "(request-target) Host Date", algorithm: nil, separator: ", "),
    ]

    @Test(arguments: habits)
    func deliveriesVerify(habit: Habit) throws {
        let peer = PeerRequest(
            names: habit.delivery, keyID: habit.keyID, algorithm: habit.algorithm
        )
        .with {
            $0.fields += [
                HeaderField(name: "content-length", value: String($0.body.count)),
                HeaderField(
                    name: "Collection-Synchronization",
                    value: #"collectionId="https://b.test/f", url="https://b.test/s", digest="ab""#),
            ]
        }
        let request = peer.unsigned.adding(
            "signature", try peer.signature(separator: habit.separator))
        #expect(try request.verdict() == .verified)
        #expect(try request.verdict(with: PeerKeys.otherRSA) == .refused(.wrongSignature))
    }

    @Test(arguments: habits)
    func fetchesVerify(habit: Habit) throws {
        let peer = PeerRequest.get.with {
            $0.target = "/users/ann/outbox?page=true"
            $0.signedTarget = habit.signsQuery ? nil : "/users/ann/outbox"
            $0.names = habit.fetch
            $0.keyID = habit.keyID
            $0.algorithm = habit.algorithm
            $0.digest = habit.fetch.contains("digest") ? BodyDigest.field(for: []) : nil
            $0.fields.append(HeaderField(name: "Accept", value: "application/activity+json"))
        }
        let request = peer.unsigned.adding(
            "Signature", try peer.signature(separator: habit.separator))
        #expect(try request.verdict() == .verified)
    }

    @Test func parametersComeInAnyOrder() throws {
        let peer = PeerRequest(algorithm: "hs2019", created: "1700000000", expires: "1700000300")
            .with { $0.names = "(request-target) (created) (expires) host digest" }
        var parameters = try peer.parameters()
        for _ in parameters.indices {
            parameters.append(parameters.removeFirst())
            let text = parameters.map { "\($0.name)=\($0.value)" }.joined(separator: " ,\t")
            #expect(try peer.unsigned.adding("Signature", text).verdict() == .verified)
            #expect(
                try peer.unsigned.adding("Authorization", "signature  " + text).verdict()
                    == .verified)
        }
    }

    @Test func quotedTimestampsAreRead() throws {
        let peer = PeerRequest(algorithm: "hs2019", created: "1700000000")
            .with { $0.names = "(request-target) (created) host digest" }
        let text = try peer.signature().replacing("1700000000", with: "\"1700000000\"")
        #expect(try peer.unsigned.adding("Signature", text).verdict() == .verified)
    }
}
