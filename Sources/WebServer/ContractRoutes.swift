import Schemas

/// The contracts that this server keeps, as it carries them: the API's description, the JSON-LD context, the JSON
/// Schemas of activities, at `/schemas/` and their path.
package enum ContractRoutes {
    package static let routes: [Route] = Schemas.files.filter { !$0.path.hasPrefix("sql/") }.map { path, text in
        Route(.get, "/schemas/\(path)", access: .open) { _ in
            Answer(status: 200, fields: [("content-type", contentType(of: path))], body: Array(text.utf8))
                .publicly(seconds: 3600).with("access-control-allow-origin", "*")
        }
    }

    private static func contentType(of path: String) -> String {
        if path.hasSuffix(".yaml") { return "application/yaml" }
        return path.hasSuffix(".jsonld") ? "application/ld+json" : "application/schema+json"
    }
}
