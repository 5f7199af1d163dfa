// swift-tools-version: 6.2
import PackageDescription

/// Settings every target shares: Swift 6, warnings are errors, and the upcoming features that all of it relies on.
let strictSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "payrouter",
    products: [
        .library(name: "Router", targets: ["Router", "WebText"]),
        .library(name: "Providers", targets: ["Providers"]),
        .library(name: "Host", targets: ["Host"]),
        .library(name: "SandboxHosting", targets: ["SandboxHosting"]),
        .library(name: "RouterTestKit", targets: ["RouterTestKit"]),
        .executable(name: "payrouter", targets: ["payrouter"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        .target(name: "WebText", swiftSettings: strictSettings),
        .target(name: "COpenSSL", linkerSettings: [.linkedLibrary("crypto")]),
        .target(
            name: "Router",
            dependencies: [
                "COpenSSL", "WebText", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "DequeModule", package: "swift-collections"),
            ],
            swiftSettings: strictSettings),
        .target(
            name: "Providers",
            dependencies: ["COpenSSL", "Router", "WebText", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strictSettings),
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
        .target(name: "CDescriptors"),
        .target(name: "CInflate", linkerSettings: [.linkedLibrary("z")]),
        .target(
            name: "CurlTransport", dependencies: ["CCurl", "CInflate", "Router", "WebText"],
            swiftSettings: strictSettings),
        .target(name: "CSQLite", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(
            name: "SQLiteStore",
            dependencies: [
                "CSQLite", "Router", "WebText", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: strictSettings),
        .target(
            name: "Webhooks",
            dependencies: ["Router", "WebText", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strictSettings),
        .target(name: "CArgon2", linkerSettings: [.linkedLibrary("argon2")]),
        .target(
            name: "People",
            dependencies: [
                "CArgon2", "Router", "WebText", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "JWTKit", package: "jwt-kit"),
            ],
            swiftSettings: strictSettings),
        .target(name: "Messages", dependencies: ["Router", "WebText"], swiftSettings: strictSettings),
        // Hummingbird's server alone: its package `Hummingbird` and what that needs are a tenth of a first build.
        .target(
            name: "HTTPListener",
            dependencies: [
                "WebText", .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strictSettings),
        .target(
            name: "Sandbox",
            dependencies: [
                "COpenSSL", "HTTPListener", "Pages", "WebText",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            exclude: ["Resources"], swiftSettings: strictSettings, plugins: ["EmbedResources"]),
        .target(
            name: "Pages", dependencies: [.product(name: "Mustache", package: "swift-mustache")],
            swiftSettings: strictSettings),
        .target(name: "RouterTestKit", dependencies: ["Router", "WebText"], swiftSettings: strictSettings),
        .target(name: "CMemory"),
        .target(
            name: "CQRCode",
            linkerSettings: [.linkedLibrary("qrencode"), .linkedLibrary("png")]),
        .target(
            name: "Host",
            dependencies: [
                "Router", "CurlTransport", "HTTPListener", "Pages", "People", "SQLiteStore", "CDescriptors", "CMemory",
                "CQRCode", "Messages", "WebText", "Webhooks",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            exclude: ["Resources"], swiftSettings: strictSettings, plugins: ["EmbedResources"]),
        // What ties a router and the sandbox operators together; neither knows the other.
        .target(
            name: "SandboxHosting",
            dependencies: [
                "CurlTransport", "Host", "Router", "Sandbox",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            exclude: ["Resources"], swiftSettings: strictSettings, plugins: ["EmbedResources"]),
        .executableTarget(name: "embed-resources", swiftSettings: strictSettings),
        .plugin(name: "EmbedResources", capability: .buildTool(), dependencies: ["embed-resources"]),
        .executableTarget(
            name: "payrouter", dependencies: ["Host", "Providers", "SandboxHosting"], swiftSettings: strictSettings),
        .executableTarget(
            name: "bare-pipeline",
            dependencies: [
                "CurlTransport", "Router", .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Hummingbird", package: "hummingbird"), .product(name: "Logging", package: "swift-log"),
            ],
            path: "Benchmarks/BarePipeline", swiftSettings: [.swiftLanguageMode(.v6)]),
        // A router in a process of its own that no socket leads to, for what counts and times its parts.
        .target(
            name: "BenchKit",
            dependencies: [
                "Host", "Providers", "Router", "RouterTestKit", "SQLiteStore", "WebText",
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Benchmarks/Kit", swiftSettings: strictSettings),
        .executableTarget(
            name: "instruction-probe", dependencies: ["BenchKit", "Host"], path: "Benchmarks/InstructionProbe",
            swiftSettings: strictSettings),
        .executableTarget(
            name: "micro-benchmarks", dependencies: ["BenchKit", "Host", "Router", "RouterTestKit", "Webhooks"],
            path: "Benchmarks/Micro", swiftSettings: strictSettings),
        .executableTarget(
            name: "payment-generator",
            dependencies: [
                "Host", "Providers", "Router", "RouterTestKit", "SQLiteStore", "SandboxHosting",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Benchmarks/Generator", swiftSettings: strictSettings),
        .executableTarget(
            name: "descriptor-probe",
            dependencies: ["CDescriptors", "CurlTransport", "Host", "Router", "SQLiteStore", "Webhooks"],
            path: "Tests/DescriptorProbe", swiftSettings: strictSettings),
        .target(name: "CDeflate", path: "Tests/CDeflate", linkerSettings: [.linkedLibrary("z")]),
        .target(name: "RawServer", dependencies: ["CDeflate"], path: "Tests/RawServer", swiftSettings: strictSettings),
        .testTarget(name: "WebTextTests", dependencies: ["HTTPListener", "WebText"], swiftSettings: strictSettings),
        .testTarget(
            name: "RouterTests",
            dependencies: ["Router", "RouterTestKit", "WebText", .product(name: "Crypto", package: "swift-crypto")],
            resources: [.copy("Fixtures")], swiftSettings: strictSettings),
        .testTarget(
            name: "ProvidersTests",
            dependencies: [
                "CurlTransport", "Providers", "RawServer", "Router", "RouterTestKit", "WebText",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            exclude: ["Fixtures"], swiftSettings: strictSettings),
        .testTarget(
            name: "CurlTransportTests", dependencies: ["CurlTransport", "RawServer", "Router", "WebText"],
            resources: [.copy("Fixtures")],
            swiftSettings: strictSettings),
        .testTarget(
            name: "SQLiteStoreTests",
            dependencies: [
                "SQLiteStore", "Router", "RouterTestKit", "WebText", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            resources: [.copy("Fixtures")], swiftSettings: strictSettings),
        .testTarget(
            name: "SandboxTests",
            dependencies: [
                "Pages", "Sandbox", "WebText", .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            exclude: ["Fixtures"], swiftSettings: strictSettings),
        .testTarget(
            name: "PeopleTests", dependencies: ["People", "Router", "RouterTestKit", "WebText"],
            swiftSettings: strictSettings),
        .testTarget(name: "PagesTests", dependencies: ["Pages"], swiftSettings: strictSettings),
        .testTarget(
            name: "WebhooksTests",
            dependencies: [
                "Host", "Router", "RouterTestKit", "WebText", "Webhooks",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strictSettings),
        .testTarget(
            name: "MessagesTests",
            dependencies: ["CurlTransport", "Messages", "RawServer", "Router", "RouterTestKit", "WebText"],
            exclude: ["Fixtures"], swiftSettings: strictSettings),
        .testTarget(
            name: "SimulationTests", dependencies: ["Router", "RouterTestKit", "WebText"], swiftSettings: strictSettings
        ),
        .testTarget(
            name: "HostTests",
            dependencies: [
                "Host", "HTTPListener", "Messages", "Pages", "Providers", "Router", "RouterTestKit", "CurlTransport",
                "SQLiteStore", "Sandbox", "SandboxHosting", "WebText", "Webhooks",
                .product(name: "Crypto", package: "swift-crypto"), .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: strictSettings),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "Host", "People", "Providers", "Router", "CurlTransport", "SQLiteStore", "Sandbox",
                "SandboxHosting", "WebText", "Webhooks", .product(name: "Logging", package: "swift-log"),
            ],
            resources: [.copy("Fixtures")], swiftSettings: strictSettings),
    ]
)
