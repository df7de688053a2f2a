import Foundation
import TestTools
import Testing

/// The program as it was built beside the tests.
let stowage: URL = {
    #if os(macOS)
        let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
    #else
        let tests = CommandLine.arguments.first.map { URL(filePath: $0) }
    #endif
    return (tests ?? root).deletingLastPathComponent().appending(path: "stowage")
}()

/// What commands find around them, in a text or in a pipeline: the program on the search path, and a name for commits.
let surroundings = [
    "PATH": stowage.deletingLastPathComponent().path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? ""),
    "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com",
    "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.com",
]

/// Runs a command as it is written in a document.
func shell(_ command: String, in folder: URL) throws -> Outcome {
    try run(["sh", "-c", command], environment: surroundings, in: folder)
}

/// The subcommands, as the argument parser describes them to programs.
func commandNames() throws -> [String] {
    struct Help: Decodable {
        struct Command: Decodable {
            let commandName: String
            let shouldDisplay: Bool?
            let subcommands: [Command]?
        }
        let command: Command
    }
    let outcome = try run([stowage.path, "--experimental-dump-help"])
    let help = try JSONDecoder().decode(Help.self, from: outcome.output)
    return (help.command.subcommands ?? []).filter { $0.shouldDisplay != false && $0.commandName != "help" }
        .map(\.commandName)
}
