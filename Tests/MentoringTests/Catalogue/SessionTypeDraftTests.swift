import Testing
import Wire

@testable import Mentoring

/// The fields that an input is refused for, in order.
func fields<Value>(_ check: () throws -> Value) -> [String] {
    do {
        _ = try check()
        return []
    } catch let invalid as InvalidFields {
        return invalid.errors.map(\.field)
    } catch {
        return ["\(error)"]
    }
}

/// What is said about the first wrong field.
func advice<Value>(_ check: () throws -> Value) -> String? {
    do {
        _ = try check()
        return nil
    } catch {
        return (error as? InvalidFields)?.errors.first?.message
    }
}

@Suite struct SessionTypeDraftTests {
    static let good = SessionTypeDraft(
        name: "zen_hour", label: " Zen hour ", durations: [60, 30], pricing: "always_free", position: 3)

    @Test func takesGoodDraft() throws {
        let type = try Self.good.checked()
        #expect(type.label == "Zen hour")
        #expect(type.durations == [30, 60])
        #expect(type.pricing == .alwaysFree)
    }

    struct Flaw: Sendable {
        let fields: [String]
        let spoil: @Sendable (inout SessionTypeDraft) -> Void

        init(_ fields: String..., spoil: @escaping @Sendable (inout SessionTypeDraft) -> Void) {
            self.fields = fields
            self.spoil = spoil
        }
    }

    static let flaws = [
        Flaw("name") { $0.name = "" },
        Flaw("name") { $0.name = "Zen" },
        Flaw("name") { $0.name = "zen hour" },
        Flaw("name") { $0.name = "zén" },
        Flaw("name") { $0.name = String(repeating: "z", count: 41) },
        Flaw("label") { $0.label = " \n " },
        Flaw("label") { $0.label = "two\nlines" },
        Flaw("label") { $0.label = String(repeating: "e\u{301}", count: 41) },
        Flaw("description") { $0.description = String(repeating: "d", count: 501) },
        Flaw("durations") { $0.durations = [] },
        Flaw("durations") { $0.durations = Array(5...17) },
        Flaw("durations[1]", "durations[2]") { $0.durations = [30, 4, 481] },
        Flaw("durations[1]") { $0.durations = [30, 30] },
        Flaw("durations[0]") { $0.durations = [.min] },
        Flaw("pricing") { $0.pricing = "free" },
        Flaw("position") { $0.position = .max },
        Flaw("name", "label", "durations", "pricing") {
            $0 = SessionTypeDraft(name: "!", label: "", durations: [], pricing: "")
        },
    ]

    @Test("names every field that is wrong", arguments: flaws.indices) func refuses(index: Int) {
        var draft = Self.good
        Self.flaws[index].spoil(&draft)
        #expect(fields { try draft.checked() } == Self.flaws[index].fields)
    }

    @Test("says which pricing rules there are") func advises() {
        var draft = Self.good
        draft.pricing = "free"
        #expect(advice { try draft.checked() } == "Use one of always_free, mentor_sets_rate.")
    }

    @Test("a catalogue is in order and offers only what is offered") func catalogue() {
        let catalogue = Catalogue(Sample.catalogue.types.reversed())
        #expect(catalogue.types.map(\.name) == ["artistic", "panamia_planning", "retired"])
        #expect(catalogue.offered.map(\.name) == ["artistic", "panamia_planning"])
        #expect(catalogue["retired"]?.isOffered == false)
        #expect(catalogue["nothing"] == nil)
    }

    @Test("a foreign type is kept by its label, made to fit") func foreignKind() {
        let kind = SessionKind(name: "", label: "Zen\u{0} hour" + String(repeating: "!", count: 200), pricing: nil)
        #expect(kind.name == "other")
        #expect(kind.label.hasPrefix("Zen hour!"))
        #expect(kind.label.unicodeScalars.count == 80)
        #expect(SessionKind(name: "zen", label: "", pricing: nil).label == "zen")
    }
}
