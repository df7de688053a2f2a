import Foundation

/// What became of a program that ran to its end.
package struct Outcome: Sendable {
    package let status: Int32
    package let output: Data
    package let errors: Data

    /// Everything it printed, for messages.
    package var said: String { String(decoding: output + errors, as: UTF8.self) }
}

/// Runs a program of the search path, or of a path, to its end.
///
/// The environment is the caller's with `environment` laid over it. Standard input is empty.
package func run(_ arguments: [String], environment: [String: String] = [:], in folder: URL? = nil) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = folder
    // Files, not pipes: a program that fills one pipe while the other is read would never end.
    return try withTemporaryFolder { scratch in
        let (output, errors) = (scratch.appending(path: "output"), scratch.appending(path: "errors"))
        for file in [output, errors] { try Data().write(to: file) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: try Data(contentsOf: output),
            errors: try Data(contentsOf: errors))
    }
}

/// Tells whether a command runs here and succeeds, as `kubectl version --client` does where kubectl is.
package func works(_ arguments: [String]) -> Bool { (try? run(arguments))?.status == 0 }

/// Lends a new folder that is removed afterwards.
package func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "stowage-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
}
