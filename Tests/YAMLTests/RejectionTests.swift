import Diagnostics
import Testing
import YAML

/// Reads a wrong text: what is said as `code@line:column ‹text under the caret›`.
func rejections(_ bytes: [UInt8], limits: ReadLimits = ReadLimits()) -> [String] {
    var report = Report()
    _ = readYAML(SourceFile(path: "test.yaml", bytes: bytes), &report, limits: limits)
    return report.diagnostics.map { diagnostic in
        guard let range = diagnostic.range else { return diagnostic.code }
        let place = range.file.place(of: range.start)
        return "\(diagnostic.code)@\(place.line):\(place.column) ‹\(slice(range))›"
    }
}

struct RejectionTests {
    @Test(
        "a mistake is reported where it is",
        arguments: [
            ("a: 1\nb: 2\na: 3\n", ["duplicate-key@3:1 ‹a›"]),
            (
                "a: 1\n'a': 2\nb: {c: 1, c: 2, c: 3}\n",
                ["duplicate-key@2:1 ‹'a'›", "duplicate-key@3:11 ‹c›", "duplicate-key@3:17 ‹c›"]
            ),
            ("[a]: 1\n", ["complex-key@1:1 ‹[a]›"]),
            ("a: {{ .Values.x }}\n", ["complex-key@1:5 ‹{ .Values.x }›"]),
            (": 1\n", ["null-key@1:1 ‹›"]),
            ("a: &x {b: 1}\nc:\n  <<: *x\n", ["merge-key@3:3 ‹<<›"]),
            ("a: !Ref b\n", ["custom-tag@1:4 ‹!Ref›"]),
            ("a: !!binary aGk=\nb: !!map {}\nc: !!seq {}\n", ["custom-tag@1:4 ‹!!binary›", "custom-tag@3:4 ‹!!seq›"]),
            ("a: !x!y b\n", ["custom-tag@1:4 ‹!›"]),
            ("a: *nope\nb: &name 1\nc: *nmae\n", ["undefined-alias@1:4 ‹*nope›", "undefined-alias@3:4 ‹*nmae›"]),
            ("a: &x\n  b: *x\n", ["recursive-alias@2:6 ‹*x›"]),
            ("a: &x [*x]\n", ["recursive-alias@1:8 ‹*x›"]),
            ("a: 'x\nb: y\n", ["unclosed-quote@1:4 ‹'›"]),
            ("a: \"x\nb: \"y\"\n", ["unclosed-quote@1:4 ‹\"›"]),
            ("a: \"x\nb: 'it'\nc: \"y\nd: 2\n", ["unclosed-quote@1:4 ‹\"›"]),
            ("a: [1, 2\nb: 3\n", ["unclosed-bracket@1:4 ‹[›"]),
            ("a: {b: 1\n", ["unclosed-bracket@1:4 ‹{›"]),
            ("a: [1, {b: 2]\n", ["unclosed-bracket@1:8 ‹{›"]),
            ("a: [b c: d: e]\n", ["missing-comma@1:11 ‹:›"]),
            ("a: [\"x\" y]\n", ["missing-comma@1:9 ‹y›"]),
            ("a: [${x.y}]\n", ["unquoted-placeholder@1:5 ‹${x.y}›"]),
            ("a: {name: ${x}, b: 1}\n", ["unquoted-placeholder@1:11 ‹${x}›"]),
            ("a: [x, ${x}-y]\n", ["unquoted-placeholder@1:8 ‹${x}›"]),
            ("a:\n\tb: 1\n", ["tab-indentation@2:1 ‹\t›"]),
            ("a:\n  b: 1\n\t\tc: 2\n", ["tab-indentation@3:1 ‹\t\t›"]),
            ("a: |\n\tx\n", ["tab-indentation@2:1 ‹\t›"]),
            ("a: x\n\ty\n", ["tab-indentation@2:1 ‹\t›"]),
            ("a: 1\nb\nc: 2\n", ["missing-colon@2:1 ‹b›"]),
            ("a: 1\nb:2\nc: 2\n", ["missing-colon@2:1 ‹b:2›"]),
            ("a: b: c\n", ["stray-colon@1:5 ‹:›"]),
            ("a: x\n  b: y\n", ["stray-colon@2:4 ‹:›"]),
            ("a: - b\n", ["misplaced-item@1:4 ‹-›"]),
            ("a:\n  b: 1\n c: 2\n", ["wrong-indentation@3:2 ‹c:›"]),
            ("- a\nb: 1\n", ["wrong-indentation@2:1 ‹b:›"]),
            ("a: 1\n- b\n", ["wrong-indentation@2:1 ‹-›"]),
            ("a: @x\n", ["reserved-character@1:4 ‹@›"]),
            ("a: `x`\n", ["reserved-character@1:4 ‹`›"]),
            ("a: *.example.com\n", ["reserved-character@1:4 ‹*›"]),
            ("a: \"\\q\"\n", ["unknown-escape@1:5 ‹\\q›"]),
            ("a: \"\\xZZ\"\n", ["unknown-escape@1:5 ‹\\x›"]),
            ("a: \"C:\\dir\"\n", ["unknown-escape@1:7 ‹\\d›"]),
            ("a: \"\\ud83d\\ude00\"\n", ["unknown-escape@1:5 ‹\\u›"]),
            ("a: | x\n  y\n", ["text-after-block-sign@1:6 ‹x›"]),
            ("a: ? b\n", ["misplaced-key@1:4 ‹?›"]),
            ("é: ü\nö: [ß\n", ["unclosed-bracket@2:4 ‹[›"]),
            ("a: 1\n---\nb: [\n", ["unclosed-bracket@3:4 ‹[›"]),
            ("a: }\n", ["missing-value@1:4 ‹}›"]),
            ("%FOO\n---\na: 1\n", ["reserved-character@1:1 ‹%›"]),
            ("%YAML 2.0\n---\na: 1\n", ["malformed-yaml@1:1 ‹%›"]),
            ("a: 'x\n---\nb: 1\n", ["unclosed-quote@1:4 ‹'›"]),
            ("a: \"x\" y\n", ["text-after-quote@1:8 ‹y›"]),
            ("{a: 1} b\n", ["wrong-indentation@1:8 ‹b›"]),
            ("a:\n  b: 1\n\u{A0}c: 2\n", ["invisible-character@3:1 ‹\u{A0}›"]),
            ("a: b\u{7}\n", ["control-character@1:5 ‹\u{7}›"]),
            ("a: b\u{9F}\n", ["control-character@1:5 ‹\u{9F}›"]),
        ])
    func mistakes(text: String, expected: [String]) {
        #expect(rejections(Array(text.utf8)) == expected)
    }

    @Test("bytes that are not UTF-8 are reported where they are")
    func encodings() {
        #expect(rejections([0x61, 0x3A, 0x20, 0xE9, 0x0A]).map { $0.prefix(12) } == ["not-utf8@1:4"])
        #expect(rejections([0x61, 0x0A, 0xC0, 0x80]).map { $0.prefix(12) } == ["not-utf8@2:1"])
        #expect(rejections([0xED, 0xA0, 0x80]).map { $0.prefix(12) } == ["not-utf8@1:1"])
        #expect(rejections([0x61, 0xF0, 0x9F]).map { $0.prefix(12) } == ["not-utf8@1:2"])
        #expect(rejections([0xFF, 0xFE, 0x61, 0x00]).map { $0.prefix(12) } == ["not-utf8@1:1"])
    }

    @Test("a file that asks for too much is rejected at once")
    func limits() {
        let laughs = (1...30).map { level in
            "a\(level): &a\(level) [" + (0..<10).map { _ in "*a\(level - 1)" }.joined(separator: ",") + "]\n"
        }
        #expect(rejections(Array(("a0: &a0 x\n" + laughs.joined()).utf8)) == ["excessive-aliases@6:38 ‹*a4›"])
        #expect(rejections(Array(repeating: UInt8(ascii: "["), count: 100_000)) == ["deep-nesting@1:101 ‹[›"])
        let steps = (0..<20_000).map { _ in "- " }.joined()
        #expect(rejections(Array(steps.utf8)) == ["deep-nesting@1:201 ‹-›"])
        #expect(rejections(Array("a: 1".utf8), limits: ReadLimits(bytes: 3)) == ["oversized-file@1:1 ‹›"])
    }
}
