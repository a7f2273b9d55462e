import Keys
import Store
import Testing
import Wire

@testable import Push

struct SubscriptionDraftTests {
    static let point = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"

    private func draft(
        _ endpoint: String = "https://push.example/x", key: String = point, secret: String = "BTBZMqHH6r4Tts7J_aSIgg"
    ) throws -> SubscriptionDraft {
        try SubscriptionDraft(
            endpoint: endpoint, key: key, secret: secret, isStandard: true, alerts: [.mention], policy: .all)
    }

    @Test(
        "Keys are read in every spelling that programs use",
        arguments: [
            ("BTBZMqHH6r4Tts7J_aSIgg", point), ("BTBZMqHH6r4Tts7J_aSIgg==", "\(point)="),
            ("BTBZMqHH6r4Tts7J/aSIgg==", point.replacing("_", with: "/").replacing("-", with: "+") + "="),
            ("BTBZMqHH6r4Tts7J/aSIgg", point.replacing("_", with: "/").replacing("-", with: " ")),
        ])
    func spellings(secret: String, key: String) throws {
        let read = try draft(key: key, secret: secret)
        #expect(Base64.encode(read.key, as: .urlSafe) == Self.point)
        #expect(Base64.encode(read.secret, as: .urlSafe) == "BTBZMqHH6r4Tts7J_aSIgg")
    }

    @Test(
        "What is no key is refused",
        arguments: ["", "=", "B", "AAAA", "!\(point)", "\(point)AA", String(repeating: "A", count: 10_000)])
    func keys(text: String) {
        #expect(throws: FieldError.self) { try draft(key: text) }
        #expect(throws: FieldError.self) { try draft(secret: text) }
    }

    @Test("What is no https address is refused", arguments: ["", "push.example", "http://push.example/x", "https:///x"])
    func endpoints(text: String) {
        #expect(throws: FieldError.self) { try draft(text) }
    }
}
