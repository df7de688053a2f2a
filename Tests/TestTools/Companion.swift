import Foundation

/// A program that runs beside a test, and ends with it: also when the test is killed.
package final class Companion {
    private let process = Process()
    private let leash = Pipe()
    /// What it prints.
    package let output: URL

    /// Starts a program of the search path, or of a path.
    ///
    /// A shell holds it and waits on a pipe that only this process has open. It may have been born deaf to gentler signals.
    package init(_ arguments: [String], output: URL) throws {
        self.output = output
        try Data().write(to: output)
        let handle = try FileHandle(forWritingTo: output)
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments =
            ["-c", "\"$@\" </dev/null & child=$!; cat >/dev/null; kill -9 $child", "sh"] + arguments
        process.standardInput = leash
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        try leash.fileHandleForReading.close()
    }

    /// Waits until it has printed something, two minutes at most, for machines with more to do.
    package func firstLine() -> String? {
        for _ in 0..<2400 {
            let text = (try? String(contentsOf: output, encoding: .utf8)) ?? ""
            if let end = text.firstIndex(of: "\n") { return String(text[..<end]) }
            Thread.sleep(forTimeInterval: 0.05)
        }
        return nil
    }

    /// Ends it.
    package func end() {
        try? leash.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
