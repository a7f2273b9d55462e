import Foundation
package import Social
import Store
package import WebServer

extension [Route] {
    /// What the route behind a target answers, an error as the server would show it; 404 where there is no route.
    /// The scopes of tokens are the server's to check: `account` is taken as its holder.
    package func answer(
        _ method: String, _ target: String, fields: [(name: String, value: String)] = [], body: [UInt8] = [],
        as account: Account? = nil
    ) async -> Answer {
        let (path, query) = Self.parts(of: target)
        for route in self where route.method.rawValue == method {
            guard let parameters = Self.match(path, route.path) else { continue }
            let exchange = Exchange(
                method: method, target: target, parameters: parameters, query: query, fields: fields, body: body,
                grant: account.map { TokenGrant(id: 0, account: $0, app: nil, scopes: Set(Scope.allCases)) })
            do {
                return try await route.handler(exchange)
            } catch {
                return Problem(explaining: error).answer
            }
        }
        return Problem.notFound.answer
    }

    private static func parts(of target: String) -> (path: Substring, query: [(name: String, value: String)]) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = parts.count == 2 ? parts[1].split(separator: "&") : []
        return (
            parts[0],
            query.map { pair in
                let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                let value = sides.count == 2 ? String(sides[1]) : ""
                return (String(sides[0]), value.removingPercentEncoding ?? value)
            }
        )
    }

    /// The variable parts of a path, nil when it is not of that form; `/@{name}` takes what follows the `@`.
    private static func match(_ path: Substring, _ form: String) -> [String: String]? {
        let (given, wanted) = (path.split(separator: "/"), form.split(separator: "/"))
        guard given.count == wanted.count else { return nil }
        var parameters: [String: String] = [:]
        for (part, pattern) in zip(given, wanted) {
            guard let brace = pattern.firstIndex(of: "{") else {
                guard part == pattern else { return nil }
                continue
            }
            let prefix = pattern[..<brace]
            guard part.hasPrefix(prefix) else { return nil }
            let value = String(part.dropFirst(prefix.count))
            parameters[String(pattern[brace...].dropFirst().dropLast())] = value.removingPercentEncoding ?? value
        }
        return parameters
    }
}

extension Answer {
    package func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    package var text: String { String(decoding: body, as: UTF8.self) }
}
