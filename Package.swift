// swift-tools-version:6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

let package = Package(
    name: "firstbell",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration.git", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZxcvbn", providers: [.apt(["libzxcvbn-dev"])]),

        .target(name: "Storage", swiftSettings: settings),
        .target(
            name: "StorageSQLite",
            dependencies: ["Storage", "CSQLite", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: settings),
        .target(name: "StoragePostgreSQL", dependencies: ["Storage", "CPostgreSQL"], swiftSettings: settings),
        .target(
            name: "Core",
            dependencies: [
                "Storage", "CSodium", "CZlib", "CZxcvbn", .product(name: "Crypto", package: "swift-crypto"),
            ],
            resources: [.copy("Migrations"), .copy("Passwords/Words")], swiftSettings: settings),
        .target(name: "RosterSources", dependencies: ["Core", "CArchive"], swiftSettings: settings),
        .target(
            name: "RosterREST",
            dependencies: [
                "Core", "RosterSources",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], swiftSettings: settings),
        .target(
            name: "Rendering", resources: [.copy("Catalogs")], swiftSettings: settings),
        .target(
            name: "Mail", dependencies: ["Storage", "Core", "Rendering", logging, lifecycle],
            resources: [.copy("Templates")], swiftSettings: settings),
        .target(
            name: "SMTP",
            dependencies: [
                "Mail",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], swiftSettings: settings),
        .target(
            name: "Web",
            dependencies: [
                "Storage", "Core", "Rendering", "Mail", "RosterSources", "CQREncode", logging,
                .product(name: "Hummingbird", package: "hummingbird"),
            ], resources: [.copy("Templates"), .copy("Assets")], swiftSettings: settings),
        .executableTarget(
            name: "firstbell",
            dependencies: [
                "CMalloc", "Storage", "StorageSQLite", "StoragePostgreSQL", "Core", "RosterREST", "RosterSources",
                "Mail", "SMTP",
                "Rendering", "Web", logging,
                lifecycle,
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], swiftSettings: settings),

        .executableTarget(
            name: "Fuzz", dependencies: ["RosterSources", "Mail", "Core"], path: "Tests/Fuzz", exclude: ["Corpus"],
            swiftSettings: settings),
        .target(
            name: "TestSupport",
            dependencies: [
                "Storage", "StorageSQLite", "StoragePostgreSQL", "Core", "RosterREST", "RosterSources", "Mail",
                "Rendering",
                "Web", logging,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ], path: "Tests/TestSupport", exclude: ["Server"], swiftSettings: settings),
        .testTarget(
            name: "StorageTests",
            dependencies: ["Storage", "StorageSQLite", "StoragePostgreSQL", "Core", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "CoreTests", dependencies: ["Core", "Storage", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "RosterSourcesTests", dependencies: ["RosterSources", "Core"], exclude: ["Samples"],
            swiftSettings: settings),
        .testTarget(
            name: "RosterRESTTests",
            dependencies: [
                "RosterREST", "RosterSources", "Core", "TestSupport",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], exclude: ["Server"], swiftSettings: settings),
        .testTarget(name: "RenderingTests", dependencies: ["Rendering"], swiftSettings: settings),
        .testTarget(
            name: "MailTests",
            dependencies: ["Mail", "SMTP", "Core", "Rendering", "Storage", "TestSupport", logging, lifecycle],
            exclude: ["Reports"], swiftSettings: settings),
        .testTarget(
            name: "SMTPTests", dependencies: ["SMTP", "Mail", "TestSupport"], exclude: ["Server"],
            swiftSettings: settings),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Storage", "Web", "Core", "Rendering", "Mail", "TestSupport", logging, lifecycle,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ], swiftSettings: settings),
        .testTarget(
            name: "ProgramTests",
            dependencies: [
                "Storage", "StorageSQLite", "StoragePostgreSQL", "Core", "RosterSources", "TestSupport",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ], swiftSettings: settings),
    ]
)
