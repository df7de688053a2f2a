import Diagnostics
import Testing

@testable import Compiler
@testable import Groundwork

@Suite struct `A unified diff` {
    private func diff(_ old: String?, _ new: String?, path: String = "a.yaml", inColor: Bool = false) -> String {
        let lines = unifiedDiff(old: old.map { Array($0.utf8) }, new: new.map { Array($0.utf8) }, path: path)
        return String(decoding: print(lines, inColor: inColor), as: UTF8.self)
    }

    @Test func `of a tree names files below their folder`() throws {
        let scratch = try Scratch()
        try write(["a": "1\n", "b": "2\n", "c": "3\n"], to: scratch)
        try scratch.put("c", "edited\n")
        var report = Report()
        let new = tree(["a": "1\n", "c": "4\n", "d": "5\n"])
        let comparison = try compare(new, with: scratch.output, &report)
        let lines = try unifiedDiff(of: new, try #require(comparison), in: scratch.output + "/.")
        let folder = scratch.output.dropFirst()
        let headers = lines.filter { $0.kind == .header }.map { String(decoding: $0.bytes, as: UTF8.self) }
        #expect(headers.filter { $0.hasPrefix("+++") } == ["+++ /dev/null", "+++ b/\(folder)/c", "+++ b/\(folder)/d"])
        #expect(lines.contains { $0.bytes == Array("-edited".utf8) })
    }

    @Test func `is empty where nothing changes`() {
        #expect(diff("a\n", "a\n") == "")
        #expect(diff(nil, nil) == "")
        #expect(diff("", "") == "")
    }

    @Test func `shows three lines around a change`() {
        let old = (1...20).map { "\($0)\n" }.joined()
        let text = """
            diff --git a/a.yaml b/a.yaml
            --- a/a.yaml
            +++ b/a.yaml
            @@ -7,7 +7,7 @@
             7
             8
             9
            -10
            +ten
             11
             12
             13

            """
        #expect(diff(old, old.replacing("10\n", with: "ten\n")) == text)
    }

    @Test func `joins changes whose context touches and parts the others`() {
        let old = (1...30).map { "\($0)\n" }.joined()
        let near = old.replacing("10\n", with: "").replacing("17\n", with: "")
        let far = old.replacing("10\n", with: "").replacing("18\n", with: "")
        #expect(diff(old, near).split(separator: "\n").filter { $0.hasPrefix("@@") } == ["@@ -7,14 +7,12 @@"])
        #expect(
            diff(old, far).split(separator: "\n").filter { $0.hasPrefix("@@") } == [
                "@@ -7,7 +7,6 @@", "@@ -15,7 +14,6 @@",
            ])
    }

    @Test func `tells new, deleted, empty and binary files`() {
        #expect(
            diff(nil, "x\n")
                == "diff --git a/a.yaml b/a.yaml\nnew file mode 100644\n--- /dev/null\n+++ b/a.yaml\n@@ -0,0 +1 @@\n+x\n"
        )
        #expect(
            diff("x\ny\n", nil)
                == "diff --git a/a.yaml b/a.yaml\ndeleted file mode 100644\n--- a/a.yaml\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-x\n-y\n"
        )
        #expect(diff(nil, "") == "diff --git a/a.yaml b/a.yaml\nnew file mode 100644\n")
        #expect(diff("\u{0}", "x").hasSuffix("Binary files a/a.yaml and b/a.yaml differ\n"))
    }

    @Test func `says where the last line has no end`() {
        #expect(
            diff("a\nb", "a\nb\n").hasSuffix("@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n"))
        #expect(diff("a\nb", "c\nb").hasSuffix("-a\n+c\n b\n\\ No newline at end of file\n"))
    }

    @Test func `marks names with blanks and quotes`() {
        #expect(diff("a\n", "b\n", path: "x y").contains("--- a/x y\t\n+++ b/x y\t\n"))
        #expect(diff("a\n", "b\n", path: "x\"y").contains("--- \"a/x\\\"y\"\n"))
    }

    @Test func `has git's colors if wanted`() {
        #expect(
            diff("a\n", "b\n", inColor: true).hasSuffix(
                "\u{1b}[36m@@ -1 +1 @@\u{1b}[m\n\u{1b}[31m-a\u{1b}[m\n\u{1b}[32m+b\u{1b}[m\n"))
    }

    @Test func `puts an added item where it begins`() {
        let old = "x:\n  - name: a\n    port: 1\n  - name: b\n    port: 1\n"
        let new = "x:\n  - name: a\n    port: 1\n  - name: c\n    port: 1\n  - name: b\n    port: 1\n"
        #expect(
            diff(old, new).hasSuffix(
                "   - name: a\n     port: 1\n+  - name: c\n+    port: 1\n   - name: b\n     port: 1\n"))
        let json = "[\n  {\n    1\n  },\n  {\n    3\n  }\n]\n"
        #expect(
            diff(json, json.replacing("  {\n    3", with: "  {\n    2\n  },\n  {\n    3"))
                .contains("   },\n+  {\n+    2\n+  },\n   {\n"))
    }

    @Test func `turns the old text into the new one, and is shortest where it is short`() {
        var state: UInt64 = 42
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for round in 0..<600 {
            let letters = 1 + round % 9
            let old = (0..<random(40)).map { _ in random(letters) }
            var new = old
            for _ in 0..<random(12) {
                if random(2) == 0, !new.isEmpty {
                    new.remove(at: random(new.count))
                } else {
                    new.insert(random(letters), at: random(new.count + 1))
                }
            }
            let found = edits(from: old, to: new)
            #expect(apply(found, old, new) == new)
            #expect(found.map { $0.old.count + $0.new.count }.reduce(0, +) == distance(old, new))
        }
    }

    @Test func `copes with large strangers`() {
        let old = (0..<4_000).map { $0 * 7 % 9_973 }
        let new = (0..<4_000).map { $0 * 11 % 9_967 }
        #expect(apply(edits(from: old, to: new), old, new) == new)
    }

    /// Applies edits, taking what lies between them from the old sequence.
    private func apply(_ edits: [Edit], _ old: [Int], _ new: [Int]) -> [Int] {
        var result: [Int] = []
        var position = 0
        for edit in edits {
            result += old[position..<edit.old.lowerBound] + new[edit.new]
            position = edit.old.upperBound
        }
        return result + old[position...]
    }

    /// The least number of insertions and deletions, by the textbook.
    private func distance(_ old: [Int], _ new: [Int]) -> Int {
        var row = Array(0...new.count)
        for (i, left) in old.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, right) in new.enumerated() {
                let above = row[j + 1]
                row[j + 1] = left == right ? diagonal : min(row[j], above) + 1
                diagonal = above
            }
        }
        return row[new.count]
    }
}
