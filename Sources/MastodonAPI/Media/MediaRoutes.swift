import JSONTree
import Social
import Store
import UseCases
package import WebServer
import Wire

/// Pictures for posts (docs.joinmastodon.org/methods/media). They are ready as soon as they are answered for.
package struct MediaRoutes: Sendable {
    private let services: ClientServices

    package init(_ services: ClientServices) { self.services = services }

    /// The largest body with one file in it.
    static let uploadLimit = MediaDesk.mostBytes + 65_536

    package var routes: [Route] {
        let media = "/api/v1/media"
        return [
            Route(.post, "/api/v2/media", access: .token(.writeMedia), uploadLimit: Self.uploadLimit) {
                try await upload($0)
            },
            Route(.post, media, access: .token(.writeMedia), uploadLimit: Self.uploadLimit) { try await upload($0) },
            Route(.get, "\(media)/{id}", access: .token(.writeMedia)) { exchange in
                answer(try await services.media.media(try id(exchange), of: try exchange.requireAccount().actor.id))
            },
            // A preview of one's own may come with it, as for sounds elsewhere; it is not looked at.
            Route(.put, "\(media)/{id}", access: .token(.writeMedia), uploadLimit: Self.uploadLimit) { exchange in
                let change = try MediaChange(try exchange.input())
                return answer(
                    try await services.media.change(
                        try id(exchange), change, by: try exchange.requireAccount().actor.id))
            },
            Route(.delete, "\(media)/{id}", access: .token(.writeMedia)) { try await delete($0) },
        ]
    }

    private func upload(_ exchange: Exchange) async throws -> Answer {
        let owner = try exchange.requireAccount().actor.id
        let input = try exchange.input()
        guard let file = input.files["file"] else {
            throw FieldError(field: "file", message: "Send a file as multipart/form-data.")
        }
        let change = try MediaChange(input)
        return answer(
            try await MediaAnswers.refusing { try await services.media.upload(file.bytes, change, by: owner) })
    }

    private func delete(_ exchange: Exchange) async throws -> Answer {
        let owner = try exchange.requireAccount().actor.id
        let id = try id(exchange)
        guard try await services.media.delete(id, by: owner) else {
            guard try await services.media.media(id, of: owner) != nil else { throw Problem.notFound }
            throw Problem(status: 422, message: "Validation failed: it belongs to a post, and goes with it.")
        }
        return .json([:])
    }

    private func id(_ exchange: Exchange) throws -> MediaID {
        guard let id = Input.id(exchange.parameter("id")) else { throw Problem.notFound }
        return MediaID(rawValue: id)
    }

    private func answer(_ media: Media?) -> Answer {
        guard let media else { return Problem.notFound.answer }
        return .json(MediaEntity(media.attachment(at: services.community.addresses), number: media.id.rawValue).json)
    }
}

extension MediaChange {
    /// `focus` is two numbers with a comma between.
    init(_ input: Input) throws(FieldError) {
        self.init(description: input.text("description"))
        if let text = input.text("focus"), !text.isEmpty {
            let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
            guard numbers.count == 2, let x = numbers[0], let y = numbers[1] else {
                throw FieldError(field: "focus", message: "Give two numbers from -1 to 1, such as 0.5,-0.25.")
            }
            focus = Attachment.Focus(x: x, y: y)
        }
    }
}
