import Foundation
import Mentoring
import Social
import UseCases
import WebServer
import Wire

/// What somebody asks of suggestions in the address: their wishes for this once.
enum SuggestionQuery {
    static func question(_ exchange: Exchange, own community: Community) throws -> Suggestions.Question {
        var (draft, given) = (WishesDraft(), WishesDraft.Given())
        if let goals = exchange.query("goals") {
            draft.goals = goals
            given.insert(.goals)
        }
        if let tags = exchange.query("expertise") {
            draft.expertise = list(tags)
            given.insert(.expertise)
        }
        if let tags = exchange.query("language") {
            draft.languages = list(tags)
            given.insert(.languages)
        }
        if let styles = exchange.query("style") {
            draft.styles = list(styles)
            given.insert(.styles)
        }
        if let zone = exchange.query("zone") {
            draft.zone = zone
            given.insert(.zone)
        }
        switch exchange.query("free") {
        case nil: break
        case "true", "false":
            draft.isFreeOnly = exchange.query("free") == "true"
            given.insert(.budget)
        default: throw FieldError(field: "free", message: "Use true or false.")
        }
        if let amount = exchange.query("most_rate") {
            draft.mostRate = RateDraft(
                amount: amount, currency: exchange.query("currency") ?? "",
                per: exchange.query("per") ?? Rate.Unit.session.rawValue)
            given.insert(.budget)
        }
        let home = try CommunityEntity.home(exchange, own: community)
        do throws(InvalidFields) {
            return Suggestions.Question(
                given: given, wishes: try draft.checked(), type: exchange.query("type"), home: home, limit: try limit(exchange))
        } catch {
            throw InvalidFields(error.errors.map { FieldError(field: name(of: $0.field), message: $0.message) })
        }
    }

    private static func limit(_ exchange: Exchange) throws(InvalidFields) -> Int {
        do throws(FieldError) {
            return try exchange.limit()
        } catch {
            throw InvalidFields([error])
        }
    }

    private static func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }

    /// As it stands in the address.
    private static func name(of field: String) -> String {
        switch field.prefix(while: { $0 != "[" }) {
        case "expertise": "expertise"
        case "languages": "language"
        case "styles": "style"
        case "most_rate.amount": "most_rate"
        case "most_rate.currency": "currency"
        case "most_rate.per": "per"
        default: field
        }
    }
}
