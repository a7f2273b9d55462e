import Foundation
package import JSONTree
package import Outbound
import Social
package import Wire

/// Fetches documents from other servers, signed by our instance actor (whose own document they can read unsigned, so
/// that two servers that both demand signatures can begin).
package struct DocumentFetcher: Sendable {
    package enum Failure: Error, Equatable {
        case unreachable(OutboundError)
        case status(Int)
        case gone
        /// Not served as ActivityStreams, so nobody vouches that it is meant as such.
        case contentType
        case notJSON
        /// The document names another address as its id.
        case otherID

        package var isTransient: Bool {
            switch self {
            case .unreachable(let error): error.isTransient
            case .status(let code): code == 429 || code >= 500
            case .gone, .contentType, .notJSON, .otherID: false
            }
        }
    }

    static let accept =
        #"application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams""#

    private let client: SignedClient
    private let instanceActor: ActorID

    package init(client: GuardedClient, keys: SigningKeys, instanceActor: ActorID) {
        self.client = SignedClient(client: client, keys: keys)
        self.instanceActor = instanceActor
    }

    /// The ActivityStreams document at an address. Its `id` is the address without fragment, or is fetched once more
    /// where it names another address at the same origin.
    package func document(at uri: URI) async throws(Failure) -> JSON {
        let address = uri.withoutFragment
        let document = try await read(address)
        guard let id = document["id"]?.string.flatMap({ URI($0) }) else { throw .otherID }
        if id.withoutFragment == address { return document }
        guard id.isSameOrigin(as: address) else { throw .otherID }
        let second = try await read(id.withoutFragment)
        guard second["id"]?.string == id.string else { throw .otherID }
        return second
    }

    /// A page of a collection, which may have any id.
    ///
    /// - Parameter person: of ours, who signs where it is not for everybody of this server.
    package func page(at uri: URI, as person: ActorID? = nil) async throws(Failure) -> JSON {
        try await read(uri.withoutFragment, as: person)
    }

    private func read(_ uri: URI, as person: ActorID? = nil) async throws(Failure) -> JSON {
        let response = try await get(uri, accept: Self.accept, limits: .hotPath, as: person)
        guard response.contentType.flatMap({ MediaType($0) })?.isActivityStreams == true else { throw .contentType }
        guard response.uri.origin == uri.origin else { throw .otherID }
        return try parse(response)
    }

    /// A WebFinger or NodeInfo document: plain JSON of at most 64 KiB.
    package func description(at uri: URI) async throws(Failure) -> JSON {
        try parse(try await get(uri, accept: "application/jrd+json, application/json", limits: .discovery))
    }

    private func parse(_ response: Response) throws(Failure) -> JSON {
        do { return try JSON.parse(response.body) } catch { throw .notJSON }
    }

    private func get(
        _ uri: URI, accept: String, limits: ExchangeLimits, as person: ActorID? = nil
    ) async throws(Failure) -> Response {
        let response: Response
        do {
            response = try await client.get(uri, accept: accept, as: person ?? instanceActor, limits: limits)
        } catch let error as OutboundError {
            throw .unreachable(error)
        } catch {
            throw .unreachable(.signing)
        }
        switch response.status {
        case 200..<300: return response
        case 410: throw .gone
        default: throw .status(response.status)
        }
    }
}
