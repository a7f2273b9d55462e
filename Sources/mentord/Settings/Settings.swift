import Configuration
import Foundation
import Logging
import Mentoring
import Outbound
import Social
import Wire

/// All settings, checked. A wrong one stops the program with its name and what was expected.
struct Settings {
    enum LogFormat: String, CaseIterable { case text, json }

    var origin: Origin
    var listenHost: String
    var listenPort: Int
    var data: String
    var databaseURL: String?
    var databaseConnections: Int
    var communityName: String
    var meetingTemplate: String?
    var mentoring = MentoringPolicy()
    var federationMode: FederationMode
    var federationSecure: Bool
    var admitsCommunities: Bool
    var federationLimits: Double
    var requestLimits: Double
    var trustedProxies: [CIDR]
    /// The PEM files of certificate and key; both or none.
    var tls: (certificate: String, key: String)?
    var reachable: [CIDR]
    var deliveryWorkers: Int
    var deliveryPace: Double
    var logLevel: Logger.Level
    var logFormat: LogFormat

    var community: Community {
        Community(name: communityName, origin: origin, meetingTemplate: meetingTemplate)
    }
}

/// A setting that cannot be used, in words for the operator.
struct SettingError: Error, CustomStringConvertible {
    let key: SettingKey
    let value: String
    let expected: String

    var description: String {
        "The setting '\(key.rawValue)' (\(key.environmentName)) is '\(value)'. Expected: \(expected)"
    }
}

extension Settings {
    /// Reads `overrides`, the environment, the settings file and the defaults, in this order.
    ///
    /// - Parameter file: a settings file that must exist; without it `mentord.json` in the data folder may.
    static func load(overrides: [SettingKey: String], file: String?) async throws -> Settings {
        let reader = try await SettingReader(overrides: overrides, file: file)
        return try Settings(reader)
    }

    init(_ reader: SettingReader) throws(SettingError) {
        origin = try reader.value(.origin) { text in
            guard let uri = URI(text), uri.path.isEmpty || uri.path == "/", uri.query == nil, uri.fragment == nil,
                uri.scheme == .https || uri.origin.isLoopbackName
            else { return nil }
            return uri.origin
        }
        (listenHost, listenPort) = try reader.value(.listen) { text in
            guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
                (0...65535).contains(port)
            else { return nil }
            let host = text[..<colon].trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
            return host.isEmpty ? nil : (host, port)
        }
        data = try reader.value(.data) { $0.isEmpty ? nil : URL(fileURLWithPath: $0).path }
        databaseConnections = try reader.value(.databaseConnections) {
            Int($0).flatMap { (2...200).contains($0) ? $0 : nil }
        }
        communityName = try reader.value(.communityName) { (1...100).contains($0.count) ? $0 : nil }
        meetingTemplate = try reader.value(.meetingTemplate) { text in
            if text == "none" { return .some(nil) }
            guard let uri = URI(text.replacing("{room}", with: "room")), uri.scheme == .https else { return nil }
            return .some(text)
        }
        mentoring.admission = try reader.value(.mentorAdmission) { MentoringPolicy.Admission(rawValue: $0) }
        mentoring.patience = try reader.value(.mentorPatience) { Int($0).flatMap { (0...100).contains($0) ? $0 : nil } }
        mentoring.mostOpenAsks = try reader.value(.menteeAsks) {
            Int($0).flatMap { OpenAsks.bounds.contains($0) ? $0 : nil }
        }
        let hours = { (text: String) in Int(text).flatMap { Notice.bounds.contains($0) ? $0 : nil } }
        mentoring.notice.ofMentee = try reader.value(.menteeNotice, hours)
        mentoring.notice.ofMentor = try reader.value(.mentorNotice, hours)
        (mentoring.noShows.warning, mentoring.noShows.limit, mentoring.noShows.pause) = try reader.value(
            .noShowLadder, Self.ladder)
        let days = { (text: String) in Int(text).flatMap { NoShowLadder.days.contains($0) ? $0 : nil } }
        mentoring.noShows.memoryDays = try reader.value(.noShowMemory, days)
        mentoring.noShows.pauseDays = try reader.value(.noShowPause, days)
        mentoring.synonyms = Synonyms.shipped.adding(try Self.synonyms(reader))
        federationMode = try reader.value(.federationMode) { FederationMode(rawValue: $0) }
        federationSecure = try reader.value(.federationSecure) { ["on": true, "off": false][$0] }
        admitsCommunities = try reader.value(.communityAdmission) { ["everybody": true, "approval": false][$0] }
        let factor = { (text: String) in Double(text).flatMap { (0...1000).contains($0) ? $0 : nil } }
        federationLimits = try reader.value(.federationLimits, factor)
        requestLimits = try reader.value(.requestLimits, factor)
        trustedProxies = try reader.value(.trustedProxies, Self.ranges)
        tls = try Self.tls(reader, origin: origin)
        let isLoopback = origin.isLoopbackName
        reachable = try reader.value(.reachable) { text in
            Self.ranges(text).map { $0 + (isLoopback ? CIDR("127.0.0.1/32").map { [$0] } ?? [] : []) }
        }
        deliveryWorkers = try reader.value(.deliveryWorkers) { Int($0).flatMap { (1...256).contains($0) ? $0 : nil } }
        deliveryPace = try reader.value(.deliveryPace) { Double($0).flatMap { (0.001...10).contains($0) ? $0 : nil } }
        logLevel = try reader.value(.logLevel) { Logger.Level(rawValue: $0) }
        logFormat = try reader.value(.logFormat) { LogFormat(rawValue: $0) }

        let urlFile = reader.text(.databaseURLFile)
        if urlFile.isEmpty {
            databaseURL = reader.text(.databaseURL).isEmpty ? nil : reader.text(.databaseURL)
        } else {
            databaseURL = try reader.value(.databaseURLFile) {
                try? String(contentsOfFile: $0, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
            }
        }
    }

    private static func ladder(_ text: String) -> (Int, Int, Int)? {
        let steps = text.split(separator: ",").map { Int($0).flatMap { NoShowLadder.bounds.contains($0) ? $0 : nil } }
        guard steps.count == 3, let warning = steps[0], let limit = steps[1], let pause = steps[2] else { return nil }
        return (warning, limit, pause)
    }

    private static func synonyms(_ reader: SettingReader) throws(SettingError) -> Synonyms {
        let file = reader.text(.synonyms)
        if file.isEmpty { return Synonyms() }
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw SettingError(key: .synonyms, value: file, expected: "a file in UTF-8 that can be read.")
        }
        do throws(Synonyms.Mistake) {
            return try Synonyms(text)
        } catch {
            throw SettingError(key: .synonyms, value: file, expected: "a file of names; its \(error).")
        }
    }

    private static func ranges(_ text: String) -> [CIDR]? {
        let words = text.split(whereSeparator: { $0 == "," || $0 == " " })
        let ranges = words.compactMap { CIDR(String($0)) }
        return ranges.count == words.count ? ranges : nil
    }

    private static func tls(_ reader: SettingReader, origin: Origin) throws(SettingError) -> (
        certificate: String, key: String
    )? {
        let (certificate, key) = (reader.text(.tlsCertificate), reader.text(.tlsKey))
        if certificate.isEmpty, key.isEmpty { return nil }
        if key.isEmpty {
            throw SettingError(key: .tlsKey, value: "", expected: "a file, because tls.certificate names one.")
        }
        if certificate.isEmpty {
            throw SettingError(key: .tlsCertificate, value: "", expected: "a file, because tls.key names one.")
        }
        guard origin.scheme == .https else {
            throw SettingError(key: .tlsCertificate, value: certificate, expected: "none, because origin is not https.")
        }
        return (certificate, key)
    }
}
