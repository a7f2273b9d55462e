import CorpusTesting
import Foundation
import JSONTree
import Social
import Wire

@testable import Federation
@testable import FederationAPI

/// What reading promises for what others ask of WebFinger, and for what they answer to us. Each input is taken as a
/// `resource`, as a handle, as an address, as a media type and as a document.
enum WebFingerPromises {
    static func check(_ input: [UInt8]) throws {
        let text = String(decoding: input, as: UTF8.self)
        try checkResource(text)
        if let uri = URI(text) { try check(uri) }
        if let handle = Handle(text) { try check(handle) }
        try checkMediaType(text)
        if let document = try? JSON.parse(input) { try check(document) }
    }

    static func checkEffort(_ input: [UInt8]) throws {
        try Effort.check(input) { try check($0) }
    }

    private static let community = Community(
        name: "Ateneo", origin: Origin(scheme: .https, host: "a.example", port: 443), meetingTemplate: nil,
        domain: "example")

    private static func checkResource(_ text: String) throws {
        switch WebFingerSubject(text) {
        case .handle(let handle):
            try check(handle)
            try expect(WebFingerSubject("acct:\(handle)") == .handle(handle), "\(handle) is read otherwise")
        case .address(let uri):
            try check(uri)
        case .host(let host):
            try expect(WebFingerSubject(host) == .host(host), "\(host) is read otherwise")
        case nil: break
        }
    }

    private static func check(_ handle: Handle) throws {
        let text = handle.description
        try expect(text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "other bytes in \(text.debugDescription)")
        try expect(handle.name.utf8.count <= 64 && handle.domain.utf8.count <= 261, "too long: \(text)")
        for spelling in [text, "@\(text)", "acct:\(text)", text.uppercased()] {
            try expect(Handle(spelling) == handle, "\(spelling) is read otherwise")
        }
        let question = WebFingerQuestion(handle, scheme: .https)
        try expect(question?.usual.authority == handle.domain, "another host is asked for \(text)")
        try expect(question?.hostMeta.authority == handle.domain, "another host is asked for \(text)")
    }

    private static func check(_ uri: URI) throws {
        try expect(URI(uri.string) == uri, "\(uri) is read otherwise")
        try expect(uri.string.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "other bytes in \(uri)")
        // Written out the whole address may be longer by a slash.
        if let built = URI("\(uri.origin)\(uri.requestTarget)") {
            try expect(
                built.origin == uri.origin && built.requestTarget == uri.requestTarget, "\(uri) is asked for otherwise")
        } else {
            try expect(uri.string.utf8.count == URI.maximumLength, "\(uri) can not be asked for")
        }
        try expect(Origin(scheme: uri.scheme, authority: uri.authority) == uri.origin, "\(uri) has another origin")
        let page = uri.withoutFragment
        try expect(page.fragment == nil && page.isSameOrigin(as: uri), "\(uri) without fragment is \(page)")
        let domain = DomainName(host: uri.host)
        try expect(domain.withParents.first == domain, "no domain of its own: \(domain)")
        _ = community.addresses.place(of: uri)
    }

    private static func checkMediaType(_ text: String) throws {
        for type in MediaType.accepted(text) + [MediaType(text)].compactMap({ $0 }) {
            try expect(MediaType(type.essence)?.essence == type.essence, "\(type.essence) is read otherwise")
        }
    }

    private static func check(_ document: JSON) throws {
        if let answer = WebFingerAnswer(document) {
            try check(answer.subject)
            try check(answer.actor)
        }
        let handle = Handle(name: "noor", domain: "b.example")
        if let place = WebFingerQuestion(handle, scheme: .https)?.place(in: document) {
            try check(place)
        }
    }
}
