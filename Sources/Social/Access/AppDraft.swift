import Foundation
package import Wire

/// What a program says of itself when it registers, checked.
package struct AppDraft: Sendable {
    package let name: String
    package let website: String?
    package let redirects: [RedirectAddress]
    package let scopes: [Scope]

    /// In Unicode scalars.
    package static let mostName = 200
    package static let mostRedirects = 20

    /// - Parameters:
    ///   - redirects: each an address, or several separated by white space.
    ///   - scopes: separated by spaces; nil stands for `read`.
    /// - Throws: all that is wrong, by field: `client_name`, `website`, `redirect_uris`, `scopes`.
    package init(name: String, website: String?, redirects: [String], scopes: String?) throws(InvalidFields) {
        var errors: [FieldError] = []
        let name = name.trimmingCharacters(in: .whitespacesAndNewlines)
        if !(1...Self.mostName).contains(name.unicodeScalars.count) || !AccountDraft.isOneLine(name) {
            errors.append(
                FieldError(field: "client_name", message: "Use one line of 1 to \(Self.mostName) characters."))
        }
        let website = website?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        if !website.isEmpty, URI(website) == nil {
            errors.append(FieldError(field: "website", message: "Must be an http or https address."))
        }
        let words = redirects.flatMap { $0.split(whereSeparator: \.isWhitespace) }
        let addresses = words.compactMap { RedirectAddress(String($0)) }
        if addresses.count != words.count || !(1...Self.mostRedirects).contains(words.count) {
            errors.append(
                FieldError(
                    field: "redirect_uris",
                    message: "Give 1 to \(Self.mostRedirects) absolute addresses without a fragment."))
        }
        var granted: [Scope] = []
        do throws(FieldError) {
            granted = try Scope.list(scopes ?? Scope.read.rawValue)
        } catch {
            errors.append(error)
        }
        guard errors.isEmpty else { throw InvalidFields(errors) }
        self.name = name
        self.website = website.isEmpty ? nil : website
        self.redirects = addresses
        self.scopes = granted
    }
}
