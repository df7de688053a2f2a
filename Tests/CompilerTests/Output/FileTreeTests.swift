import Groundwork
import Testing

@Suite struct `A file tree` {
    @Test(arguments: [
        "", "/etc/passwd", "../x", "a/../b", "a//b", "a/", "./a", "a\\b", "a\u{0}b", "a\nb", "a/\u{7f}", "a\u{202e}b",
        "a\u{200b}",
        "stowage.lock.json", "STOWAGE.lock.json", ".stowage-journal", ".stowage-journal/x", ".git/config",
        "a/.GIT/hooks/x",
    ])
    func `refuses an unsafe path`(path: String) {
        #expect(unsafePathReason(path) != nil)
        var tree = FileTree()
        #expect(tree.add(path, []) != nil)
        #expect(tree.isEmpty)
    }

    @Test(arguments: ["a", "a/b.yaml", "...", ".gitignore", "sub/stowage.lock.json", "네트워크/정책.yaml", "a b/c", "x/..."])
    func `takes a safe path`(path: String) { #expect(unsafePathReason(path) == nil) }

    @Test func `refuses components that no file system takes`() {
        #expect(unsafePathReason(String(repeating: "a", count: 255)) == nil)
        #expect(unsafePathReason(String(repeating: "a", count: 256)) != nil)
        #expect(unsafePathReason("x/" + String(repeating: "é", count: 128)) != nil)
    }

    @Test func `keeps its files sorted whatever the order of their arrival`() {
        var tree = FileTree()
        for path in ["b", "a/z", "a.yaml", "a/b/c", "B/é"] { #expect(tree.add(path, []) == nil || path == "B/é") }
        #expect(tree.files.map(\.path) == ["a.yaml", "a/b/c", "a/z", "b"])
    }

    @Test(arguments: [
        ("a/b", "a/b"), ("a/b", "A/c"), ("a/b", "a/B"), ("a/b", "a"), ("a", "a/b"), ("a/b/c", "a/b"), ("é", "e\u{301}"),
        ("stra\u{df}e", "STRA\u{df}E"),
    ])
    func `refuses files that clash on some file system`(first: String, second: String) {
        var tree = FileTree()
        #expect(tree.add(first, []) == nil)
        #expect(tree.add(second, []) != nil)
        #expect(tree.files.count == 1)
    }
}
