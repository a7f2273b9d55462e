import Pictures
import UseCases
import WebServer

/// Refusals of uploads, as clients show them.
enum MediaAnswers {
    static func refusing<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let refusal as MediaRefusal {
            throw switch refusal {
            case .crowded, .picture(.unavailable): Problem.crowded
            case .notInstalled: Problem(status: 422, message: "Pictures cannot be taken on this server at present.")
            case .tooLarge:
                Self.invalid("the file must have at most \(MediaDesk.mostBytes >> 20) MiB.")
            case .picture(.unknownFormat): Self.invalid("only JPEG, PNG, WebP and GIF pictures are taken.")
            case .picture(.tooManyPixels): Self.invalid("the picture has too many pixels.")
            case .picture(.unreadable): Self.invalid("the picture cannot be read.")
            case .picture(.tooCostly): Self.invalid("the picture takes too much work to be read.")
            }
        }
    }

    private static func invalid(_ what: String) -> Problem {
        Problem(status: 422, message: "Validation failed: \(what)")
    }
}
