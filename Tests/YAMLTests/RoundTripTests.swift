import Diagnostics
import Foundation
import TestTools
import Testing
import YAML

/// Every text that is known to trip some parser or emitter.
private func corpus() throws -> [String] {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus/strings.json")
    return try JSONDecoder().decode([String].self, from: Data(contentsOf: path))
}

/// Every text as a value, as an item and as a key, at several depths, and trees made at random.
private func trees() throws -> [Value] {
    let texts = try corpus().map { Exact($0) }
    var generator = Seeded(20_260_701)
    let positions: [Value] = texts.map { text in
        .array([
            .string(text), .array([.string(text), .array([.string(text)])]),
            .object([
                Exact("a"): .string(text), Exact("b"): .array([.string(text)]),
                Exact("z"): .object([Exact("y"): .string(text)]),
            ]),
        ])
    }
    // Keys that differ only in how accents are composed are one key to the reader, and parsers want short keys.
    let distinct = Set(texts.map(\.text)).filter { $0.utf8.count < 1000 }.map { Exact($0) }
    let keys = Dictionary(distinct.map { ($0, Value.string($0)) }) { first, _ in first }
    return positions + [.object(keys), .array([.object(keys)])]
        + (0..<400).map { _ in randomTree(&generator, depth: 5) }
}

/// Runs a program on a file that holds these bytes and gives what it prints.
private func run(_ program: [String], on bytes: [UInt8]) throws -> Data {
    try withTemporaryFolder { folder in
        let file = folder.appending(path: "trees.yaml")
        try Data(bytes).write(to: file)
        let outcome = try run(
            program.map { $0 == "FILE" ? file.path() : $0 }, environment: ["KUBECONFIG": "/dev/null"])
        try #require(outcome.status == 0, "\(program[0]): \(outcome.said)")
        return outcome.output
    }
}

/// Expects the same trees, naming those that differ.
private func expectSame(_ read: [Value], _ written: [Value]) {
    #expect(read.count == written.count)
    for (one, other) in zip(read, written) where one != other {
        Issue.record("\(other) was read as \(one) from\n\(String(decoding: writeYAML([other.node]), as: UTF8.self))")
    }
}

struct RoundTripTests {
    @Test("what the writer writes, the reader reads back")
    func ourselves() throws {
        let written = try trees()
        let bytes = writeYAML(written.map(\.node))
        var report = Report()
        let read = try #require(readYAML(SourceFile(path: "trees.yaml", bytes: bytes), &report))
        #expect(report.diagnostics.map(\.message) == [])
        expectSame(read.map(Value.init), written)
        #expect(writeYAML(read) == bytes)
    }

    // Its own scanner and its binding to libyaml differ in details.
    @Test(
        "what the writer writes, PyYAML reads back",
        .enabled(if: works(["python3", "-c", "import yaml; yaml.CSafeLoader"]), "python3 lacks PyYAML or libyaml"))
    func python() throws {
        let written = try trees()
        let script = """
            import json, sys, yaml
            text = open(sys.argv[1], "rb").read()
            json.dump([list(yaml.load_all(text, loader)) for loader in (yaml.SafeLoader, yaml.CSafeLoader)], sys.stdout)
            """
        let output = try run(["python3", "-c", script, "FILE"], on: writeYAML(written.map(\.node)))
        for read in try JSONDecoder().decode([[Value]].self, from: output) { expectSame(read, written) }
    }

    @Test(
        "what the writer writes, Kubernetes' parser reads back",
        .enabled(if: works(["kubectl", "version", "--client"]), "kubectl is not installed"))
    func kubectl() throws {
        let written = try trees()
        let tree = Value.array(written).node
        expectSame(try readByKubernetes(writeYAML([tree])), written)
    }

    @Test(
        "a plain scalar means what Kubernetes' parser says it means",
        .enabled(if: works(["kubectl", "version", "--client"]), "kubectl is not installed"))
    func meanings() throws {
        let signs = Set("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.+-,:~=")
        let texts = try corpus().filter { text in
            // It rejects `.inf` and `.nan`, which JSON does not have.
            if case .number(let value) = Meaning(plain: text), !value.isFinite { return false }
            return text.allSatisfy(signs.contains) && text.first != "," && text.last != ":"
                && !["-", "---", "?", "="].contains(text)
        }
        let lines = texts.map { "- \($0)\n" }.joined()
        let read = try readByKubernetes(Array(lines.utf8))
        var report = Report()
        let items = readYAML(SourceFile(path: "plain.yaml", text: lines), &report)?.first?.items
        let ours = try #require(items)
        for (text, (mine, theirs)) in zip(texts, zip(ours.map(Value.init), read)) {
            #expect(mine == theirs, "`\(text)`")
        }
        #expect(read.count == texts.count && texts.count > 120)
    }

    /// Reads a list by `kubectl`, as the spec of an object that it does not know.
    private func readByKubernetes(_ list: [UInt8]) throws -> [Value] {
        let head = "apiVersion: test.stowage.dev/v1\nkind: Tree\nmetadata:\n  name: trees\nspec:\n"
        let output = try run(
            ["kubectl", "annotate", "--local", "-o", "json", "-f", "FILE", "a=b"], on: Array(head.utf8) + list)
        guard case .object(let members) = try JSONDecoder().decode(Value.self, from: output),
            case .array(let read)? = members[Exact("spec")]
        else { throw Unreadable() }
        return read
    }

    /// An answer of a program that is not what it should print.
    private struct Unreadable: Error {}
}
