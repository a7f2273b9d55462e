import Keys
import Testing

@testable import HTTPSignatures

/// How other servers sign by RFC 9421, as their sources have it.
@Suite struct MessageSignatureHabitsTests {
    struct Habit: Sendable, CustomTestStringConvertible {
        var software: String
        var label = "sig1"
        /// For deliveries `content-digest` is added at the end.
        var components: String
        /// With `CREATED` and `KEYID` in their places.
        var parameters: String

        var testDescription: String { software }
    }

    static let habits = [
        Habit(
            software: "Mastodon", components: #""@method" "@target-uri""#,
            parameters: ";created=CREATED;keyid=KEYID"),
        Habit(
            software: "Fedify", components: #""@method" "@target-uri" "@authority" "host" "date""#,
            parameters: #";alg="rsa-v1_5-sha256";keyid=KEYID;created=CREATED"#),
        Habit(
            software: "WordPress", label: "wp", components: #""@method" "@target-uri" "@authority""#,
            parameters: #";created=CREATED;keyid=KEYID;alg="rsa-v1_5-sha256""#),
        Habit(
            software: "WordPress with collection synchronisation", label: "wp",
            components: #""@method" "@target-uri" "@authority" "collection-synchronization""#,
            parameters: #";created=CREATED;keyid=KEYID;alg="rsa-v1_5-sha256""#),
        Habit(
            software: "any label, nonce, tag and expires", label: "*a_b-c.9*",
            components: #""@authority" "@target-uri" "@path" "@query" "@method""#,
            parameters: #";nonce="b3k2pp5k7z-50gnwp.yemd";keyid=KEYID;tag="app";expires=1700000300;created=CREATED"#),
    ]

    private func peer(_ habit: Habit, _ peer: MessagePeerRequest, isDelivery: Bool) -> MessagePeerRequest {
        peer.with {
            $0.label = habit.label
            $0.components = habit.components.split(separator: " ").map(String.init)
            if isDelivery { $0.components.append(#""content-digest""#) }
            $0.fields += [
                HeaderField(
                    name: "Collection-Synchronization",
                    value: #"collectionId="https://b.test/f", url="https://b.test/s", digest="ab""#)
            ]
            if !$0.fields.contains(where: { $0.name == "Date" }) {
                $0.fields.append(HeaderField(name: "Date", value: "Tue, 14 Nov 2023 22:13:20 GMT"))
            }
            ($0.created, $0.keyID, $0.algorithm) = (nil, nil, nil)
            $0.further = habit.parameters.replacing("CREATED", with: "1700000000")
                .replacing("KEYID", with: #""https://b.test/users/b#main-key""#)
        }
    }

    @Test(arguments: habits)
    func deliveriesVerify(habit: Habit) throws {
        let request = try peer(habit, MessagePeerRequest(), isDelivery: true).signed()
        #expect(try request.verdict() == .verified)
        #expect(try request.verdict(with: PeerKeys.otherRSA) == .refused(.wrongSignature))
    }

    @Test(arguments: habits)
    func fetchesVerify(habit: Habit) throws {
        let request = try peer(habit, .get, isDelivery: false).signed()
        #expect(try request.verdict() == .verified)
    }

    /// Some senders keep the draft's digest beside the new one.
    @Test func anotherDigestBesideDoesNoHarm() throws {
        let request = try MessagePeerRequest().signed()
        #expect(try request.adding("Digest", "SHA-256=AAAA").verdict() == .verified)
    }
}
