// swift-tools-version: 6.2
import PackageDescription

// The parsers that face the network, driven by libFuzzer; `deploy/fuzz` builds and runs it. A package of its own, so
// that nobody else builds it. What it fuzzes, and the promises that it holds them to, are links to sources and tests.

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// One fuzz target: its program has the name of its folder.
func fuzz(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies + ["CorpusTesting", "FuzzTesting"], swiftSettings: settings)
}

let package = Package(
    name: "fuzz",
    targets: [
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        module("Wire"),
        module("JSONTree", ["Wire"]),
        module("SafeText"),
        module("Keys", ["COpenSSL"]),
        module("HTTPSignatures", ["Keys", "Wire"]),
        module("ActivityStreams", ["JSONTree", "SafeText", "Wire"]),
        module("Mentoring", ["SafeText", "Wire"]),
        module("Social", ["Wire"]),
        module("Federation", ["ActivityStreams", "JSONTree", "Keys", "Mentoring", "SafeText", "Social", "Wire"]),
        module("FederationAPI", ["Wire"]),
        module("Pictures"),
        module("CorpusTesting"),
        module("FuzzTesting"),
        fuzz("FuzzHTML", ["SafeText"]),
        fuzz(
            "FuzzActivity",
            ["ActivityStreams", "Federation", "JSONTree", "Keys", "Mentoring", "SafeText", "Social", "Wire"]),
        fuzz("FuzzWebFinger", ["Federation", "FederationAPI", "JSONTree", "Social", "Wire"]),
        fuzz("FuzzStructuredField", ["HTTPSignatures"]),
        fuzz("FuzzSignature", ["HTTPSignatures", "Keys", "Wire"]),
        fuzz("FuzzPictureHeader", ["Pictures"]),
    ]
)
