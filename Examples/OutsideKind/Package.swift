// swift-tools-version: 6.2
import PackageDescription

// A package of its own: adds two kinds of provider to the built-in ones and builds its own router with them.
let package = Package(
    name: "outside-kind",
    dependencies: [.package(name: "payrouter", path: "../..")],
    targets: [
        .target(name: "OutsideKind", dependencies: [.product(name: "Router", package: "payrouter")]),
        .executableTarget(
            name: "outside-router",
            dependencies: [
                "OutsideKind", .product(name: "Host", package: "payrouter"),
                .product(name: "Providers", package: "payrouter"), .product(name: "Router", package: "payrouter"),
                .product(name: "SandboxHosting", package: "payrouter"),
            ]),
        .testTarget(
            name: "OutsideKindTests",
            dependencies: [
                "OutsideKind", .product(name: "Providers", package: "payrouter"),
                .product(name: "Router", package: "payrouter"),
                .product(name: "RouterTestKit", package: "payrouter"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
