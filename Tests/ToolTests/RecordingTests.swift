import TestTools
import Testing

@Suite("A recording")
struct RecordingTests {
    private func list(_ old: String?, _ new: String?) -> String {
        var changes = TextChanges()
        changes.add("a.yaml", from: old, to: new)
        return changes.text
    }

    @Test("lists lines in which numbers changed once, with their count")
    func numbers() {
        #expect(
            list("a: 1.5, b\nb: x\na: 2, b\n", "a: 7, b\nb: x\n  a: 3,000, b\n") == """
                numbers: 2 in 1 file
                  2 × a: #, b   (1.5, → 7,, a.yaml:1)
                """)
    }

    @Test("lists the words that changed, without what stands around them")
    func words() {
        #expect(
            list("the old word\nx\nan old word\nz\n", "the new word\nx\nan new word\nz\n") == """
                words: 2 in 1 file
                  2 × `old` → `new`   (a.yaml:1)
                """)
    }

    @Test("counts lines of which only white space changed")
    func layout() {
        #expect(list("a 1\n", "a   1\n") == "layout: 1 in 1 file\n  1 × white space   (a.yaml:1)")
    }

    @Test("lists rows that came and went, and files")
    func rows() {
        #expect(
            list("a\nb 1\n", "a\nc\nb 1\nd 4\n") == """
                rows: 2 in 1 file
                  1 × + c   (a.yaml:2)
                  1 × + d #   (a.yaml:4)
                """)
        #expect(list(nil, "x") == "files: 1\n  1 × + a.yaml")
        #expect(list("x", nil) == "files: 1\n  1 × - a.yaml")
        #expect(TextChanges().isEmpty)
    }
}
