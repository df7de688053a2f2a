import Diagnostics
import Testing
import YAML

/// Reads a text, expecting no error.
func read(_ text: String) throws -> [Node] {
    var report = Report()
    let file = SourceFile(path: "test.yaml", text: text)
    let nodes = readYAML(file, &report)
    #expect(report.diagnostics.map(\.message) == [])
    return try #require(nodes)
}

/// The text under a range.
func slice(_ range: SourceRange) -> String {
    String(decoding: range.file.bytes[range.start..<range.end], as: UTF8.self)
}

/// Writes a node with its ranges: `key[range]: value[range]`, in one line.
func outline(_ node: Node) -> String {
    func shown(_ range: SourceRange) -> String {
        String(slice(range).unicodeScalars.map { $0 == "\n" ? "⏎" : Character($0) })
    }
    return switch node.content {
    case .scalar: "‹\(shown(node.range))›"
    case .sequence(let items): "‹\(shown(node.range))›[" + items.map(outline).joined(separator: " ") + "]"
    case .mapping(let entries):
        "‹\(shown(node.range))›{" + entries.map { shown($0.keyRange) + "=" + outline($0.value) }.joined(separator: " ")
            + "}"
    }
}

struct ReadingTests {
    @Test(
        "every node knows its bytes",
        arguments: [
            ("a: 1\nb: two words  # note\n", "‹a: 1⏎b: two words›{a=‹1› b=‹two words›}"),
            ("- x\n-  'y'\n\n# end\n", "‹- x⏎-  'y'›[‹x› ‹'y'›]"),
            ("a:\n- b:\n  - c\n-\nd:\n", "‹a:⏎- b:⏎  - c⏎-⏎d:›{a=‹- b:⏎  - c⏎-›[‹b:⏎  - c›{b=‹- c›[‹c›]} ‹›] d=‹›}"),
            (
                "k: |\n  text\n  more\n\n# note\nl: >-\n  x\n\n",
                "‹k: |⏎  text⏎  more⏎⏎# note⏎l: >-⏎  x›{k=‹|⏎  text⏎  more› l=‹>-⏎  x›}"
            ),
            (
                "é: [ü, {ß: \"€\"} ]\nz: 𝄞 # 𝄞\n",
                "‹é: [ü, {ß: \"€\"} ]⏎z: 𝄞›{é=‹[ü, {ß: \"€\"} ]›[‹ü› ‹{ß: \"€\"}›{ß=‹\"€\"›}] z=‹𝄞›}"
            ),
            ("\u{FEFF}a: b\r\nc: d\r\n", "‹a: b\r⏎c: d›{a=‹b› c=‹d›}"),
            (
                "a: &x 1\nb: *x\nc: !!str 2\nd: &y\n  e: f\n",
                "‹a: &x 1⏎b: *x⏎c: !!str 2⏎d: &y⏎  e: f›{a=‹1› b=‹*x› c=‹2› d=‹e: f›{e=‹f›}}"
            ),
            ("a: b\n  c\n  d\ne: {}\nf: []\n", "‹a: b⏎  c⏎  d⏎e: {}⏎f: []›{a=‹b⏎  c⏎  d› e=‹{}›{} f=‹[]›[]}"),
            ("? a\n? b\n: c\n", "‹? a⏎? b⏎: c›{a=‹› b=‹c›}"),
            ("a: &x\nb: &y # note\n", "‹a: &x⏎b: &y›{a=‹› b=‹›}"),
        ])
    func ranges(text: String, expected: String) throws {
        let nodes = try read(text)
        #expect(nodes.count == 1)
        #expect(nodes.map(outline) == [expected])
    }

    @Test("a stream may have any number of documents")
    func documents() throws {
        #expect(try read("").isEmpty)
        #expect(try read("# nothing\n").isEmpty)
        #expect(
            try read("a: 1\n---\nb: 2\n...\n---\n# empty\n---\n- c\n").map(outline) == [
                "‹a: 1›{a=‹1›}", "‹b: 2›{b=‹2›}", "‹›", "‹- c›[‹c›]",
            ])
        #expect(try read("%YAML 1.2\n---\na: 1\n").count == 1)
    }

    @Test("an alias stands for the value of the last anchor of its name")
    func aliases() throws {
        let node = try #require(try read("a: &x [1, 2]\nb: *x\nc: &x 3\nd: *x\n").first)
        #expect(node["b"]?.items?.compactMap { $0.scalar?.text } == ["1", "2"])
        #expect(node["d"]?.scalar?.text == "3")
    }

    @Test("escapes and folding are undone")
    func texts() throws {
        let node = try #require(
            try read("a: \"x\\ty\\u00e9\\U0001F600\"\nb: 'it''s'\nc: |+\n  x\n\nd: >\n  y\n  z\n").first)
        #expect(node.entries?.compactMap { $0.value.scalar?.text } == ["x\tyé😀", "it's", "x\n\n", "y z\n"])
        #expect(
            node.entries?.compactMap { $0.value.scalar?.style } == [.doubleQuoted, .singleQuoted, .literal, .folded])
    }

    @Test(
        "a plain scalar means what Kubernetes' parser takes it for",
        arguments: [
            ("", Meaning.null), ("~", .null), ("Null", .null), ("nUll", .string), ("yes", .boolean(true)),
            ("y", .boolean(true)),
            ("Off", .boolean(false)), ("oFf", .string), ("1", .integer(1)), ("-0", .integer(0)), ("+5", .integer(5)),
            ("1_000", .integer(1000)), ("0644", .integer(420)), ("0o644", .integer(420)), ("0x1F", .integer(31)),
            ("-0b11", .integer(-3)), ("089", .number(89)), ("1e3", .number(1000)), ("1.", .number(1)),
            (".5", .number(0.5)),
            ("-.inf", .number(-.infinity)), ("1.5e-3", .number(0.0015)), ("9223372036854775807", .integer(.max)),
            ("18446744073709551615", .number(0x1p64)), ("1:30", .string), ("2024-01-01", .string), ("1.2.3", .string),
            ("0x", .string), ("0xg", .string), ("--1", .string), ("1e", .string), (".", .string), ("+", .string),
            ("_1", .string),
            ("1e400", .string), ("._5", .string), ("0x-1", .string), ("infinity", .string), ("nan", .string),
            ("0_x1F", .integer(31)),
        ])
    func meanings(text: String, expected: Meaning) {
        #expect(Meaning(plain: text) == expected)
    }
}

struct MergeTests {
    @Test(
        "a merge key takes in what the mapping does not have, where that is asked for",
        arguments: [
            ("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\n", ["y: 3", "x: 1"]),
            ("a: &a {x: 1}\nc: &c {x: 2, z: 4}\nb:\n  <<: [*a, *c]\n", ["x: 1", "z: 4"]),
            ("b: {'<<': 1}\n", ["<<: 1"]),
        ])
    func merges(_ text: String, _ expected: [String]) throws {
        var report = Report()
        let root = readYAML(SourceFile(path: "a.yaml", text: text), &report, merging: true)?.first
        #expect(report.isEmpty)
        let entries = try #require(root?["b"]?.entries)
        #expect(entries.map { "\($0.key): \($0.value.scalar?.text ?? "")" } == expected)
    }

    @Test("a merge of something else than mappings is rejected")
    func rejected() {
        var report = Report()
        _ = readYAML(SourceFile(path: "a.yaml", text: "a: {<<: 1}\n"), &report, merging: true)
        #expect(report.diagnostics.map(\.code) == ["merge-key"])
    }
}
