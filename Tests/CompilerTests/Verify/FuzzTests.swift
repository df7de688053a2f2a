import Diagnostics
import Foundation
import Testing

@testable import Verify

/// Trees without meaning, from a corpus and a seeded generator.
///
/// `make fuzz SECONDS=600` runs it for longer.
@Suite("Garbage")
struct FuzzTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Corpus")
    private static let seconds = ProcessInfo.processInfo.environment["FUZZ_SECONDS"].flatMap { Double($0) }
    private static let seed = ProcessInfo.processInfo.environment["FUZZ_SEED"].flatMap { UInt64($0) } ?? 1

    /// The texts that mutations begin with: what once went wrong, the trees of the tests, the examples of the rules.
    private static func corpus() throws -> [String] {
        let folders = [folder, ForeignTree.folder]
        let files = folders.flatMap { folder in filesBelow(folder).map { folder.appending(path: $0) } }
        // Trees with kustomizations, each as one text whose lines `--- # path` begin its files.
        let overlays = folder.appending(path: "../../ToolTests/Overlays")
        let trees = try [ForeignTree.folder, overlays].flatMap { parent in
            try Set(filesBelow(parent).map { $0.split(separator: "/")[0] }).sorted().map { name in
                let root = parent.appending(path: String(name))
                return try filesBelow(root).filter { $0.hasSuffix(".yaml") }.map { path in
                    "--- # \(path)\n"
                        + String(decoding: try Data(contentsOf: root.appending(path: path)), as: UTF8.self)
                }.joined()
            }
        }
        let texts = try files.filter { $0.pathExtension != "txt" }.map {
            String(decoding: try Data(contentsOf: $0), as: UTF8.self)
        }
        return trees + texts + Rule.all.flatMap { $0.accepts + $0.rejects }.map { $0.replacing("↓", with: "") }
    }

    @Test("is checked without a crash, and corrected into something that is checked again")
    func garbage() throws {
        let corpus = try Self.corpus()
        for text in corpus { check(text) }
        var random = Random(state: Self.seed &* 0x9E37_79B9_7F4A_7C15 | 1)
        let end = Date(timeIntervalSinceNow: Self.seconds ?? 0)
        var count = 0
        while Date() < end {
            var text = corpus[random.below(corpus.count)]
            for _ in 0...random.below(6) { text = mutated(text, corpus, &random) }
            if Self.seconds != nil {
                // What crashes the process is found here afterwards.
                try Data(text.utf8).write(to: URL(filePath: "/tmp/stowage-fuzz-last.yaml"))
            }
            check(text)
            count += 1
        }
        #expect(corpus.count > 100)
        if Self.seconds != nil { print("fuzz: \(count) trees from seed \(Self.seed)") }
    }

    private func check(_ text: String) {
        let files = [SourceFile(path: "a.yaml", text: text), SourceFile(path: "kustomization.yaml", text: text)]
        let tree = text.contains("--- # ") ? [RuleExample(text).files] : []
        for files in [[files[0]], files] + tree {
            var report = Report()
            let corrections = verify(
                SourceTree(files: files, roots: ["."], isClosed: text.utf8.count % 2 == 0), .all, &report)
            _ = HumanPrinter(colors: false).text(of: report.diagnostics)
            for (file, bytes) in apply(corrections) {
                var again = Report()
                verify(
                    SourceTree(files: [SourceFile(path: file.path, bytes: bytes)], roots: ["."], isClosed: false), .all,
                    &again)
            }
        }
    }

    /// Changes a text a little: a value, a line, a byte, or a piece of another.
    private func mutated(_ text: String, _ corpus: [String], _ random: inout Random) -> String {
        let values = [
            "", "~", "[]", "{}", "[[{}]]", "{a: b}", "-1", "0", "1e309", "99999999999999999999", "9223372036854775807",
            "-9223372036854775808", "x", "\"\\u0000\"",
            "sum(", "rate(a[5m])", "é", "*a", "&a [*a]", "|", "8Gi", "0.1m", "-5Gi", "Never", "1h", "a/b:c@d",
        ]
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let at = random.below(lines.count)
        switch random.below(7) {
        case 0, 1:
            guard let colon = lines[at].lastIndex(of: ":") else { return text }
            lines[at] = lines[at][...colon] + " " + values[random.below(values.count)]
        case 2: lines.remove(at: at)
        case 3: lines.insert(lines[random.below(lines.count)], at: at)
        case 4: lines[at] = (random.below(2) == 0 ? "  " : "- ") + lines[at]
        case 5:
            let other = corpus[random.below(corpus.count)]
            return text + "\n---\n" + other
        default:
            var bytes = Array(text.utf8)
            if bytes.isEmpty { return text }
            bytes[random.below(bytes.count)] = UInt8(random.below(256))
            return String(decoding: bytes, as: UTF8.self)
        }
        return lines.joined(separator: "\n")
    }
}

/// A generator of numbers that are the same in every run of a seed: xorshift64.
private struct Random {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return bound > 0 ? Int(state % UInt64(bound)) : 0
    }
}
