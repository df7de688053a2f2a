// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "stowage",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "stowage", targets: ["stowage"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        .systemLibrary(
            name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        // macOS has the digest in its own CommonCrypto.
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .target(name: "CSystem"),
        .target(name: "Diagnostics"),
        .target(name: "YAML", dependencies: ["CLibYAML", "Diagnostics"]),
        .target(
            name: "Groundwork",
            dependencies: [
                "YAML", "Diagnostics", "CSystem", .target(name: "CCrypto", condition: .when(platforms: [.linux])),
            ],
            exclude: ["Templates/Defaults", "Catalog/Tables"],
            plugins: ["EmbedData"]
        ),
        .target(name: "Planning", dependencies: ["Groundwork", "YAML", "Diagnostics"]),
        .target(name: "Verify", dependencies: ["Groundwork", "YAML", "Diagnostics"]),
        .target(name: "Simulate", dependencies: ["Groundwork", "YAML", "Diagnostics"]),
        .target(
            name: "Compiler", dependencies: ["Planning", "Verify", "Simulate", "Groundwork", "YAML", "Diagnostics"]),
        .target(name: "Import", dependencies: ["Compiler", "Planning", "Verify", "Groundwork", "YAML", "Diagnostics"]),
        .executableTarget(
            name: "stowage",
            dependencies: [
                "Compiler", "Planning", "Verify", "Simulate", "Import", "Groundwork",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .executableTarget(name: "embed"),
        .executableTarget(name: "fit", dependencies: ["Planning", "Groundwork"]),
        .executableTarget(
            name: "stages", dependencies: ["Compiler", "Planning", "Simulate", "Groundwork", "Diagnostics"]),
        .plugin(name: "EmbedData", capability: .buildTool(), dependencies: ["embed"]),
        .target(name: "TestTools", path: "Tests/TestTools"),
        .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"]),
        .testTarget(name: "YAMLTests", dependencies: ["YAML", "Diagnostics", "TestTools"], exclude: ["Corpus"]),
        .testTarget(
            name: "SimulateTests",
            dependencies: ["Simulate", "Groundwork", "YAML", "Diagnostics", "TestTools"],
            exclude: ["Queries/Prometheus"]),
        .testTarget(
            name: "ImportTests",
            dependencies: [
                "Import", "Compiler", "Planning", "Verify", "Groundwork", "YAML", "Diagnostics", "TestTools",
            ],
            exclude: ["Cases", "Platform", "RoundTrips", "changes.txt", "public-trees.csv"]),
        .testTarget(
            name: "CompilerTests",
            dependencies: ["Compiler", "Planning", "Verify", "Groundwork", "YAML", "Diagnostics", "TestTools"],
            exclude: ["Cases", "Corpus", "Trees", "Catalog/Configs"]),
        .testTarget(
            name: "ToolTests",
            dependencies: [
                "stowage", "fit", "Compiler", "Planning", "Verify", "Simulate", "Groundwork", "TestTools", "YAML",
                "Diagnostics",
            ],
            exclude: ["Exporter", "Overlays", "Recorded", "Simulation/replica.py"]),
    ]
)

// Warnings are errors in our own targets; SwiftPM leaves those of dependencies alone.
for target in package.targets where target.type != .system && target.type != .plugin {
    target.swiftSettings = (target.swiftSettings ?? []) + [.treatAllWarnings(as: .error)]
}

// `make test` has what everything runs on optimized, its assertions kept: the tests take a third of the time. A build for use stays
// quick to make, and has a folder of its own.
if Context.environment["STOWAGE_OPTIMIZED"] == "1" {
    let optimized = ["YAML", "Diagnostics", "Groundwork", "Planning", "Simulate", "TestTools"]
    for target in package.targets where optimized.contains(target.name) {
        let flags = SwiftSetting.unsafeFlags(["-O", "-assert-config", "Debug"], .when(configuration: .debug))
        target.swiftSettings = (target.swiftSettings ?? []) + [flags]
    }
}
