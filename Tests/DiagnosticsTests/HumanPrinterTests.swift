import Diagnostics
import Testing

/// The range of the first occurrence of a text in a file.
func range(_ text: String, in file: SourceFile) throws -> SourceRange {
    let (needle, bytes) = (Array(text.utf8), file.bytes)
    let start = try #require(bytes.indices.first { bytes[$0...].starts(with: needle) })
    return SourceRange(file, start, start + needle.count)
}

/// Writes diagnostics as text, without colors.
private func human(_ diagnostics: Diagnostic...) -> String { HumanPrinter(colors: false).text(of: diagnostics) }

struct HumanPrinterTests {
    @Test("a diagnostic shows its line, its label, other places and help")
    func layout() throws {
        let file = SourceFile(
            path: "specs/prod.yaml",
            text: "a: 1\n" + String(repeating: "#\n", count: 9) + "instances: p5\n    tensorParallel: 16\n")
        let diagnostic = Diagnostic(
            .error, "gpus-do-not-fit", "`llama` needs 16 GPUs in one node", at: try range("16", in: file),
            label: "these GPUs must share a node",
            notes: [
                Diagnostic.Note("the node is chosen here", at: try range("p5", in: file), label: "8 GPUs"),
                Diagnostic.Note("a remark"), Diagnostic.Note("first line", at: try range("a", in: file)),
            ], help: ["write `8`", "or `4`"])
        #expect(
            human(diagnostic) == """
                error[gpus-do-not-fit]: `llama` needs 16 GPUs in one node
                  --> specs/prod.yaml:12:21
                   |
                12 |     tensorParallel: 16
                   |                     ^^ these GPUs must share a node
                   |
                note: the node is chosen here
                  --> specs/prod.yaml:11:12
                   |
                11 | instances: p5
                   |            ^^ 8 GPUs
                   |
                   = note: a remark
                note: first line
                  --> specs/prod.yaml:1:1
                   |
                 1 | a: 1
                   | ^
                   |
                   = help: write `8`
                   = help: or `4`


                """)
    }

    @Test("a diagnostic without a place is a header and help")
    func placeless() {
        #expect(
            human(Diagnostic(.warning, "no-models", "nothing to do", at: nil, help: ["add one"]))
                == "warning[no-models]: nothing to do\n  = help: add one\n\n")
    }

    @Test("carets stand under the text, whatever its width")
    func widths() throws {
        let file = SourceFile(path: "x", text: "\ta:\t語é😀: e\u{301}x\r\n")
        let carets = try ["a", "語é", "x"].map { text in
            human(Diagnostic(.error, "c", "m", at: try range(text, in: file)))
                .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }
        #expect(carets[0][3] == "1 |     a:    語é😀: e\u{301}x")
        #expect(carets[0][4] == "  |     ^")
        #expect(carets[1][4] == "  |           ^^^")
        #expect(carets[2][4] == "  |                   ^")
    }

    @Test("an empty range and the end of the file have one caret")
    func ends() throws {
        let file = SourceFile(path: "x", text: "a:\n")
        #expect(human(Diagnostic(.error, "c", "m", at: SourceRange(file, 2, 2))).contains("1 | a:\n  |   ^\n"))
        #expect(
            human(Diagnostic(.error, "c", "m", at: SourceRange(file, 3, 3))).contains("--> x:2:1\n  |\n2 |\n  | ^\n"))
        let empty = SourceFile(path: "x", text: "")
        #expect(
            human(Diagnostic(.error, "c", "m", at: SourceRange(empty, 0, 0))).contains("--> x:1:1\n  |\n1 |\n  | ^\n"))
    }

    @Test("a range of several lines has a bracket, and its middle is left out")
    func severalLines() throws {
        let file = SourceFile(path: "x", text: "a:\n  b: 1\n  c: 2\n  d: 3\n  e: 4\n  f: 5\n")
        #expect(
            human(Diagnostic(.error, "c", "m", at: try range("b: 1\n  c: 2\n", in: file), label: "these")) == """
                error[c]: m
                 --> x:2:3
                  |
                2 | /   b: 1
                3 | |   c: 2
                  | |______^ these


                """)
        #expect(
            human(Diagnostic(.error, "c", "m", at: SourceRange(file, 0, file.bytes.count))) == """
                error[c]: m
                 --> x:1:1
                  |
                1 | / a:
                2 | |   b: 1
                3 | |   c: 2
                ...
                6 | |   f: 5
                  | |______^


                """)
    }

    @Test("a long line is shortened around the place")
    func longLine() throws {
        let file = SourceFile(
            path: "x", text: String(repeating: "a", count: 5000) + "HERE" + String(repeating: "b", count: 5000))
        let lines = human(Diagnostic(.error, "c", "m", at: try range("HERE", in: file))).split(separator: "\n")
        #expect(
            lines[3] == "1 | …" + String(repeating: "a", count: 40) + "HERE" + String(repeating: "b", count: 96) + "…")
        #expect(lines[4] == "  | " + String(repeating: " ", count: 41) + "^^^^")
    }

    @Test("colors are those of rustc, and only on demand")
    func colors() throws {
        let file = SourceFile(path: "x", text: "a\u{1B}[0m: 1\n")
        let diagnostic = Diagnostic(.warning, "c", "m", at: try range("a", in: file), label: "l", help: ["h"])
        #expect(!human(diagnostic).contains("\u{1B}"))
        let text = HumanPrinter(colors: true).text(of: [diagnostic])
        #expect(text.hasPrefix("\u{1B}[1;33mwarning[c]\u{1B}[0m\u{1B}[1m: m\u{1B}[0m\n"))
        #expect(text.contains("\u{1B}[1;33m^ l\u{1B}[0m"))
    }
}
