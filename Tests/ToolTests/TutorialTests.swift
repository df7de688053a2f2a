import Foundation
import TestTools
import Testing

/// The tutorial, followed word by word in an empty folder.
struct TutorialTests {
    @Test("the commands of the tutorial run as they are written there, and say what it quotes")
    func follow() throws {
        let tutorial = try text("docs/tutorial.md")
        try withTemporaryFolder { folder in
            var (commands, said) = (0, "")
            for step in steps(of: tutorial) {
                switch step {
                case .command(let command):
                    let status = command.firstMatch(of: /# exit status ([0-9]+)$/).flatMap { Int32($0.output.1) } ?? 0
                    let outcome = try shell(command, in: folder)
                    #expect(outcome.status == status, "\(command): \(outcome.said)")
                    (commands, said) = (commands + 1, said + outcome.said)
                case .output(let lines):
                    expect(lines, in: said)
                    said = ""
                case .file(let path, let lines): try write(lines, to: folder.appending(path: path))
                case .edit(let path, let lines): try edit(folder.appending(path: path), lines)
                }
            }
            #expect(commands >= 20)
            for path in tutorial.matches(of: /out\/prod\/[-A-Za-z0-9\/.]+/).map({ String($0.output) }) {
                #expect(FileManager.default.fileExists(atPath: folder.appending(path: path).path), "\(path)")
            }
        }
    }

    /// Writes a file, or finds the lines in it if it is there.
    private func write(_ lines: [String], to file: URL) throws {
        if let content = try? String(contentsOf: file, encoding: .utf8) { return expect(lines, in: content) }
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    }

    /// Changes the one place of a file that a difference is about.
    private func edit(_ file: URL, _ lines: [String]) throws {
        func side(without sign: Character) -> String {
            lines.filter { $0.first != sign }.map { $0.dropFirst() + "\n" }.joined()
        }
        let content = try String(contentsOf: file, encoding: .utf8)
        let parts = content.components(separatedBy: side(without: "+"))
        try #require(parts.count == 2, "\(file.lastPathComponent) does not hold \(lines) once")
        try Data(parts.joined(separator: side(without: "-")).utf8).write(to: file)
    }

    /// Finds each line that is quoted whole.
    private func expect(_ quoted: [String], in text: String) {
        let lines = Set(text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        for line in quoted where !line.contains("…") { #expect(lines.contains(line), "missing in:\n\(text)") }
    }
}

/// What a reader of the tutorial does or sees.
private enum Step {
    case command(String)
    case output([String])
    case file(String, [String])
    case edit(String, [String])
}

/// The steps of a text: commands are indented, and a block is about the file that the line above it names, else about what commands said.
private func steps(of text: String) -> [Step] {
    var steps: [Step] = []
    var file: String?
    var lines = text.components(separatedBy: "\n")[...]
    while let line = lines.popFirst() {
        if line.hasPrefix("```") {
            let block = Array(lines.prefix { $0 != "```" })
            lines.removeFirst(block.count + 1)
            steps.append(file.map { line == "```diff" ? .edit($0, block) : .file($0, block) } ?? .output(block))
        } else if line.hasPrefix("    ") {
            steps.append(.command(line.trimmingCharacters(in: .whitespaces)))
        }
        if !line.isEmpty { file = line.wholeMatch(of: /`([^`]+)`:/).map { String($0.output.1) } }
    }
    return steps
}
