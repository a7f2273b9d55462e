// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// A module of ours: what it may import is exactly what stands in its row.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

extension Target.Dependency {
    static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
    static let asyncAlgorithms = product(name: "AsyncAlgorithms", package: "swift-async-algorithms")
    static let asyncHTTPClient = product(name: "AsyncHTTPClient", package: "async-http-client")
    static let configuration = product(name: "Configuration", package: "swift-configuration")
    static let httpTypes = product(name: "HTTPTypes", package: "swift-http-types")
    static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
    static let logging = product(name: "Logging", package: "swift-log")
    static let mustache = product(name: "Mustache", package: "swift-mustache")
    static let nioCore = product(name: "NIOCore", package: "swift-nio")
    static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
    static let nioHTTPTypes = product(name: "NIOHTTPTypes", package: "swift-nio-extras")
    static let nioHTTPTypesHTTP1 = product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
    static let nioHTTPCompression = product(name: "NIOHTTPCompression", package: "swift-nio-extras")
    static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
    static let nioWebSocket = product(name: "NIOWebSocket", package: "swift-nio")
    static let nioSSL = product(name: "NIOSSL", package: "swift-nio-ssl")
    static let serviceLifecycle = product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let unixSignals = product(name: "UnixSignals", package: "swift-service-lifecycle")
    static let systemPackage = product(name: "SystemPackage", package: "swift-system")
}

let package = Package(
    name: "mentord",
    products: [
        .executable(name: "mentord", targets: ["mentord"]),
        .executable(name: "mentord-bench", targets: ["mentord-bench"]),
        .executable(name: "mentord-simulate", targets: ["mentord-simulate"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-async-algorithms", exact: "1.1.4"),
        .package(url: "https://github.com/apple/swift-configuration", exact: "1.4.0"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        // Layer 0: module maps of C libraries.
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CCmark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"])]),
        .systemLibrary(name: "CLibical", pkgConfig: "libical", providers: [.apt(["libical-dev"])]),
        .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),

        // Layer 1: values and texts.
        module("Wire"),
        module("JSONTree", ["Wire"]),
        module("SafeText"),
        module("Processes"),
        module("SeededRandom"),
        module("Markdown", ["CCmark", "SafeText"]),

        // Layer 2: pure rules and formats.
        module("Keys", ["COpenSSL"]),
        module("HTTPSignatures", ["Keys", "Wire"]),
        module("ActivityStreams", ["JSONTree", "SafeText", "Wire"]),
        module("Mentoring", ["SafeText", "Wire"]),
        module("Social", ["Wire"]),
        module("ICalendar", ["Wire"]),

        // Layer 3: the outside.
        module("PostgreSQL", ["CPostgreSQL", "Processes", .logging]),
        module("Pictures", ["Processes"]),
        module("Calendars", ["CLibical", "Processes", "Wire"]),
        module("Outbound", ["Wire", .asyncHTTPClient, .nioCore, .nioHTTP1, .nioHTTPCompression, .nioPosix, .nioSSL]),

        // Layer 4: what is kept.
        module("Store", ["JSONTree", "Mentoring", "PostgreSQL", "Social", "Wire"]),
        module("Jobs", ["JSONTree", "PostgreSQL", .asyncAlgorithms, .logging, .serviceLifecycle]),

        // Layer 5 and 6: what can be done, by people and by other servers.
        module(
            "UseCases",
            [
                "Calendars", "Jobs", "JSONTree", "Keys", "Mentoring", "Outbound", "Pictures", "PostgreSQL", "SafeText",
                "Social", "Store", "Wire", .logging,
            ]),
        module(
            "Federation",
            [
                "ActivityStreams", "HTTPSignatures", "JSONTree", "Jobs", "Keys", "Mentoring", "Outbound", "PostgreSQL",
                "SafeText", "Social", "Store", "UseCases", "Wire", .logging,
            ]),

        module(
            "Push",
            ["Jobs", "JSONTree", "Keys", "Outbound", "PostgreSQL", "SafeText", "Social", "Store", "Wire", .logging]),

        // Layer 7 and 8: faces.
        module(
            "WebServer",
            [
                "JSONTree", "PostgreSQL", "Schemas", "Social", "Store", "UseCases", "Wire", .httpTypes, .hummingbird,
                .logging, .nioCore, .nioHTTP1, .nioHTTPTypes, .nioHTTPTypesHTTP1, .nioSSL, .nioWebSocket,
                .serviceLifecycle,
            ]),
        module(
            "FederationAPI",
            [
                "ActivityStreams", "Federation", "HTTPSignatures", "JSONTree", "PostgreSQL", "Social", "Store",
                "WebServer", "Wire", .logging,
            ]),
        module(
            "MentoringAPI",
            [
                "Federation", "ICalendar", "JSONTree", "Markdown", "Mentoring", "PostgreSQL", "SafeText", "Social",
                "Store", "UseCases", "WebServer", "Wire",
            ]),
        module(
            "MastodonAPI",
            [
                "Federation", "JSONTree", "Keys", "Mentoring", "Pictures", "PostgreSQL", "Push", "SafeText", "Social",
                "Store", "UseCases", "WebServer", "Wire",
            ]),
        module(
            "WebPages",
            ["Keys", "Mentoring", "PostgreSQL", "Social", "Store", "UseCases", "WebServer", "Wire", .mustache]),

        // Layer 9: the program.
        .executableTarget(
            name: "mentord",
            dependencies: [
                "Calendars", "Federation", "FederationAPI", "JSONTree", "Jobs", "Keys", "MastodonAPI", "Mentoring",
                "MentoringAPI", "Outbound", "Pictures", "PostgreSQL", "Push", "Schemas", "Social", "Store", "UseCases", "WebPages",
                "WebServer", "Wire", .argumentParser, .configuration, .logging, .serviceLifecycle, .systemPackage,
                .unixSignals,
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "mentord-bench",
            dependencies: [
                "HTTPSignatures", "JSONTree", "Keys", "PostgreSQL", "SeededRandom", "Wire", .argumentParser, .logging,
                .nioCore, .nioHTTP1, .nioPosix, .nioSSL,
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "mentord-simulate",
            dependencies: [
                "ActivityStreams", "Federation", "JSONTree", "Mentoring", "SeededRandom", "Social", "Store", "UseCases",
                "Wire", .argumentParser,
            ],
            swiftSettings: settings
        ),
        // What the program carries in itself: migrations, JSON Schemas, the context, the API's description.
        .target(
            name: "Schemas", path: "schemas",
            exclude: [
                "README.md", "fep-mentoring-sessions.md", "json", "mentoring.jsonld", "openapi.yaml", "sql", "vectors",
            ],
            sources: ["Schemas.swift"], swiftSettings: settings, plugins: ["EmbedSchemas"]),
        .executableTarget(name: "embed-schemas", swiftSettings: settings),
        .plugin(
            name: "EmbedSchemas", capability: .buildTool(), dependencies: ["embed-schemas"],
            path: "Sources/EmbedSchemas"),

        // Tests.
        module("CorpusTesting"),
        tests("WireTests", ["Wire"]),
        tests("JSONTreeTests", ["CorpusTesting", "JSONTree", "SeededRandom", "Wire"]),
        tests("SafeTextTests", ["CorpusTesting", "SafeText", "SeededRandom"]),
        tests("MarkdownTests", ["Markdown"]),
        tests("KeysTests", ["Keys"]),
        tests("HTTPSignaturesTests", ["CorpusTesting", "HTTPSignatures", "Keys", "SeededRandom", "Wire"]),
        tests("ActivityStreamsTests", ["ActivityStreams", "JSONTree", "Schemas", "SeededRandom", "Wire"]),
        tests("MentoringTests", ["CorpusTesting", "Mentoring", "Wire"]),
        tests("SocialTests", ["Social", "Wire"]),
        tests("ICalendarTests", ["ICalendar", "Wire"]),
        tests("OutboundTests", ["Outbound", "Wire", .nioCore, .nioPosix, .nioSSL]),
        module("PostgresTesting", ["PostgreSQL"]),
        tests("PostgreSQLTests", ["PostgreSQL", "PostgresTesting", "SeededRandom"]),
        tests("PicturesTests", ["CorpusTesting", "Pictures", "Processes"]),
        tests("CalendarsTests", ["Calendars", "CorpusTesting", "Processes", "TestSupport", "Wire", "mentord"]),
        tests("SchemasTests", ["Schemas"]),
        tests("EmbedSchemasTests", ["embed-schemas"]),
        tests("MentordSimulateTests", ["Mentoring", "mentord-simulate"]),
        tests("MentordBenchTests", ["JSONTree", "mentord-bench", .nioCore]),
        module(
            "TestSupport",
            [
                "ActivityStreams", "Federation", "HTTPSignatures", "JSONTree", "Keys", "Mentoring", "Outbound",
                "PostgreSQL", "PostgresTesting", "Schemas", "Social", "Store", "UseCases", "WebServer", "Wire",
                .logging, .nioCore, .nioHTTP1, .nioPosix,
            ]),
        tests(
            "StoreTests",
            [
                "JSONTree", "Mentoring", "PostgreSQL", "PostgresTesting", "SafeText", "Schemas", "Social", "Store",
                "TestSupport", "Wire",
            ]),
        tests("JobsTests", ["JSONTree", "Jobs", "PostgreSQL", "PostgresTesting", "TestSupport", .serviceLifecycle]),
        tests(
            "UseCasesTests",
            [
                "Calendars", "JSONTree", "Jobs", "Keys", "Mentoring", "Outbound", "Pictures", "PostgreSQL", "Social",
                "Store", "TestSupport", "UseCases", "Wire", "mentord", .logging,
            ]),
        tests(
            "FederationTests",
            [
                "ActivityStreams", "CorpusTesting", "Federation", "HTTPSignatures", "JSONTree", "Jobs", "Keys",
                "Mentoring", "Outbound", "PostgreSQL", "SafeText", "Social", "Store", "TestSupport", "UseCases", "Wire",
                "mentord-simulate", .serviceLifecycle,
            ]),
        tests(
            "PushTests",
            ["JSONTree", "Keys", "Outbound", "PostgreSQL", "Push", "Social", "Store", "TestSupport", "Wire"]),
        tests(
            "WebServerTests",
            [
                "JSONTree", "PostgreSQL", "Social", "Store", "TestSupport", "UseCases", "WebServer", "Wire", .nioCore,
                .nioPosix, .nioSSL, .serviceLifecycle,
            ]),
        tests(
            "FederationAPITests",
            [
                "ActivityStreams", "CorpusTesting", "Federation", "FederationAPI", "HTTPSignatures", "JSONTree",
                "Mentoring", "PostgreSQL", "Social", "Store", "TestSupport", "UseCases", "WebServer", "Wire",
            ]),
        tests(
            "MentoringAPITests",
            [
                "Federation", "JSONTree", "Mentoring", "MentoringAPI", "Social", "TestSupport", "UseCases", "WebServer",
                "Wire",
            ]),
        tests(
            "ScenarioTests",
            ["HTTPSignatures", "JSONTree", "Keys", "Outbound", "PostgreSQL", "SeededRandom", "Wire", "mentord"]),
    ]
)
