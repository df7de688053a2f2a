import Testing
import YAML

/// Writes a text as the value of a key in column 2.
private func written(_ text: String) -> String {
    var bytes: [UInt8] = []
    appendScalar(text, to: &bytes, indent: 2)
    return String(decoding: bytes, as: UTF8.self)
}

struct WritingTests {
    @Test(
        "a text is plain where that is safe, and else quoted or a block",
        arguments: [
            ("llama-405b", "llama-405b"), ("vllm/vllm-openai:v0.19", "vllm/vllm-openai:v0.19"),
            ("--model=x", "--model=x"),
            ("500m", "500m"), ("10.0.0.1", "10.0.0.1"), ("rate(x{a=\"b\"}[5m]) > 0.5", "rate(x{a=\"b\"}[5m]) > 0.5"),
            ("1.35", "\"1.35\""), ("yes", "\"yes\""), ("", "\"\""), ("1:30", "\"1:30\""), ("a: b", "\"a: b\""),
            ("{\"a\": 1}", "'{\"a\": 1}'"), ("it's: \"x\"", "\"it's: \\\"x\\\"\""), ("a\tb", "\"a\\tb\""),
            ("\u{85}\u{2028}\u{FEFF}\u{0}", "\"\\x85\\u2028\\uFEFF\\x00\""), ("\u{A0}a", "\"\u{A0}a\""),
            ("a\u{202E}b", "\"a\\u202Eb\""), ("👩‍👧", "👩‍👧"),
            ("\"😀\"", "'\"😀\"'"), ("😀: é", "\"😀: é\""),
            ("a\nb", "|-\n    a\n    b"), ("a\n\n  b\n", "|\n    a\n\n      b"), ("a\n\n\n", "|+\n    a\n\n"),
            (" a\nb", "\" a\\nb\""), ("a\n \nb", "\"a\\n \\nb\""), ("a\r\nb", "\"a\\r\\nb\""),
        ])
    func styles(text: String, expected: String) {
        #expect(written(text) == expected)
    }

    @Test("a key and a text between brackets stay in one line")
    func lines() {
        var bytes: [UInt8] = []
        appendKey("a\nb", to: &bytes)
        appendFlowScalar(",a", to: &bytes)
        appendFlowScalar("a]", to: &bytes)
        appendFlowScalar("a-b", to: &bytes)
        appendFlowScalar("a:b", to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "\"a\\nb\"\",a\"\"a]\"a-b\"a:b\"")
    }

    @Test("lists begin in their key's column, and empty collections stay in its line")
    func layout() throws {
        let source =
            "a: [b, {c: [], d: {}, e: [[1, ~], []]}]\nf: {g: {h: yes}}\n---\n- |\n  x\n  y\n- 0x10\n- 12345678901234567890123\n- 1e3\n"
        let expected = """
            a:
            - b
            - c: []
              d: {}
              e:
              - - 1
                - null
              - []
            f:
              g:
                h: true
            ---
            - |
              x
              y
            - 16
            - 12345678901234567890123
            - 1000

            """
        #expect(String(decoding: writeYAML(try read(source)), as: UTF8.self) == expected)
    }
}
