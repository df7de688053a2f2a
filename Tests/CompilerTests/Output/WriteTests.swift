import Diagnostics
import Testing

@testable import Groundwork

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The two ways of writing.
enum Way: String, CaseIterable, CustomTestStringConvertible {
    case exchange, inPlace

    var seams: WriteSeams { self == .exchange ? WriteSeams() : seamsWithoutExchange() }
    var testDescription: String { rawValue }
}

@Suite struct `Writing a tree` {
    @Test(arguments: Way.allCases)
    func `creates the folder and those above it`(way: Way) throws {
        let scratch = try Scratch()
        var report = Report()
        let tree = tree(["a/b/c": "1", "d": "2"])
        let result = try write(
            tree, to: scratch.path + "/x/y/out/", force: false, seams: way.seams, &report)
        #expect(report.isEmpty)
        #expect(result?.files.map(\.change) == [.created, .created])
        #expect(try scratch.contents(of: "x/y/out") == written(["a/b/c": "1", "d": "2"]))
    }

    @Test func `touches nothing that already stands`() throws {
        let scratch = try Scratch()
        let files = ["a/b": "1", "c": "2"]
        try write(files, to: scratch)
        try scratch.put("foreign", "x")
        let before = try ["", "a", "a/b", "c", lockPath, "foreign"].map { try scratch.state($0.isEmpty ? "." : $0) }
        let (result, diagnostics) = try write(files, to: scratch)
        let after = try ["", "a", "a/b", "c", lockPath, "foreign"].map { try scratch.state($0.isEmpty ? "." : $0) }
        #expect(result?.isUnchanged == true)
        #expect(result?.foreignFiles == 1)
        #expect(diagnostics.isEmpty)
        for (left, right) in zip(before, after) {
            #expect(left?.st_ino == right?.st_ino)
            #expect(left.map(times) == right.map(times))
        }
    }

    @Test(arguments: Way.allCases)
    func `keeps the inode and the time of an unchanged file in a changed tree`(way: Way) throws {
        let scratch = try Scratch()
        try write(["a/b": "1", "c": "2"], to: scratch)
        let before = try scratch.state("a/b")
        try write(["a/b": "1", "c": "3"], to: scratch, seams: way.seams)
        let after = try scratch.state("a/b")
        #expect(before?.st_ino == after?.st_ino)
        #expect(before.map { times($0).first } == after.map { times($0).first })
        #expect(after?.st_nlink == 1)
    }

    @Test(arguments: Way.allCases)
    func `updates, prunes, and keeps what it did not write`(way: Way) throws {
        let scratch = try Scratch()
        try write(["a/old": "1", "b/kept": "2", "c/d/e": "3", "f": "4"], to: scratch)
        try scratch.put("b/mine", "m")
        try scratch.put("notes/deep/mine", "n")
        scratch.putFolder("empty/inner")
        symlink("/nowhere", scratch.output + "/link")
        symlink("notes", scratch.output + "/b/folder-link")
        mkfifo(scratch.output + "/pipe", 0o600)
        chmod(scratch.output + "/notes", 0o750)
        chmod(scratch.output + "/b", 0o700)
        chmod(scratch.output + "/notes/deep/mine", 0o400)
        chmod(scratch.output + "/f", 0o640)
        chmod(scratch.output, 0o711)
        let (result, diagnostics) = try write(
            ["b/kept": "2", "b/new": "5", "f": "6", "g/h/i": "7"], to: scratch, seams: way.seams)
        #expect(diagnostics.isEmpty)
        #expect(result?.foreignFiles == 5)
        #expect(result?.files(.removed).map(\.path) == ["a/old", "c/d/e"])
        #expect(result?.files(.updated).map(\.path) == ["f"])
        #expect(result?.files(.created).map(\.path) == ["b/new", "g/h/i"])
        var expected = written(["b/kept": "2", "b/new": "5", "f": "6", "g/h/i": "7"])
        expected["b/mine"] = "m"
        expected["notes/deep/mine"] = "n"
        expected["empty/inner/"] = ""
        expected["link"] = "-> /nowhere"
        expected["b/folder-link"] = "-> notes"
        expected["pipe"] = "-> "
        #expect(try scratch.contents() == expected)
        #expect(try scratch.contents(of: ".").keys.allSatisfy { $0.hasPrefix("out/") })
        let modes = try ["notes", "b", "notes/deep/mine", "f", "."].map {
            try scratch.state($0).map { $0.st_mode & 0o777 }
        }
        #expect(modes == [0o750, 0o700, 0o400, 0o640, 0o711])
    }

    @Test(arguments: Way.allCases)
    func `turns a file into a folder and back`(way: Way) throws {
        let scratch = try Scratch()
        try write(["a": "1", "b/c": "2"], to: scratch)
        try write(["a/x": "3", "b": "4"], to: scratch, seams: way.seams)
        #expect(try scratch.contents() == written(["a/x": "3", "b": "4"]))
        try write(["a": "1", "b/c": "2"], to: scratch, seams: way.seams)
        #expect(try scratch.contents() == written(["a": "1", "b/c": "2"]))
    }

    @Test(arguments: Way.allCases)
    func `writes through a link to the output folder`(way: Way) throws {
        let scratch = try Scratch()
        mkdir(scratch.path + "/real", 0o777)
        symlink("real", scratch.output)
        try write(["a": "1"], to: scratch, seams: way.seams)
        try write(["a": "2"], to: scratch, seams: way.seams)
        #expect(try scratch.contents(of: "real") == written(["a": "2"]))
        #expect(try scratch.contents(of: ".")["out"] == "-> real")
    }

    @Test(arguments: Way.allCases)
    func `restores a file that was deleted by hand`(way: Way) throws {
        let scratch = try Scratch()
        try write(["a": "1", "b": "2"], to: scratch)
        unlink(scratch.output + "/a")
        try write(["a": "1", "b": "2"], to: scratch, seams: way.seams)
        #expect(try scratch.contents() == written(["a": "1", "b": "2"]))
    }

    @Test func `adopts equal files that no lock names`() throws {
        let scratch = try Scratch()
        try scratch.put("a", "1")
        let (result, _) = try write(["a": "1"], to: scratch)
        #expect(result?.files(.unchanged).count == 1)
        #expect(try scratch.contents() == written(["a": "1"]))
    }

    @Test func `does not move a git repository`() throws {
        let scratch = try Scratch()
        try scratch.put(".git/HEAD", "ref")
        let before = try scratch.state(".")
        let (result, _) = try write(["a": "1"], to: scratch)
        #expect(try scratch.state(".")?.st_ino == before?.st_ino)
        #expect(result?.foreignFiles == 0)
        #expect(try scratch.contents()[".git/HEAD"] == "ref")
    }

    @Test func `keeps files whose names are not UTF-8`() throws {
        let scratch = try Scratch()
        try scratch.put("a", "1")
        let name: [CChar] = Array((scratch.output + "/x").utf8CString.dropLast()) + [-1, 0]
        let file = open(name, O_CREAT | O_WRONLY, 0o600)
        #expect(file >= 0)
        close(file)
        let (result, _) = try write(["a": "1", "b": "2"], to: scratch)
        #expect(result?.foreignFiles == 1)
        #expect(access(name, F_OK) == 0)
    }

    @Test(arguments: Way.allCases)
    func `settles a merge conflict in the lock and in what it wrote`(way: Way) throws {
        let scratch = try Scratch()
        try write(["a": "1", "b": "1", "c": "1", "gone": "1"], to: scratch)
        try write(["a": "2", "b": "1", "d": "2"], to: scratch)
        try scratch.put("a", "<<<<<<< ours\n1\n=======\n2\n>>>>>>> theirs\n")
        try scratch.put("gone", "1")
        try scratch.put("mine", "m")
        try scratch.put(lockPath, conflict(["a": "1", "b": "1", "gone": "1"], ["a": "2", "b": "1", "d": "2"]))
        let (result, diagnostics) = try write(["a": "3", "b": "1"], to: scratch, seams: way.seams)
        #expect(diagnostics.isEmpty)
        #expect(result?.files(.removed).map(\.path) == ["d", "gone"])
        #expect(try scratch.contents() == written(["a": "3", "b": "1"]).merging(["mine": "m"]) { first, _ in first })
    }

    @Test func `asks for force where a merge mixed two versions silently`() throws {
        let scratch = try Scratch()
        try write(["a": "1"], to: scratch)
        try scratch.put("a", "mixed")
        try scratch.put(lockPath, conflict(["a": "1"], ["a": "2"]))
        let (result, diagnostics) = try write(["a": "3"], to: scratch)
        #expect(result == nil)
        #expect(
            diagnostics.first?.help.map(\.text) == [
                "a merge mixed two generated versions: write the file again with `--force`"
            ])
        #expect(try write(["a": "3"], to: scratch, force: true).0 != nil)
        #expect(try scratch.contents() == written(["a": "3"]))
    }

    /// The text of a lock in which git could not merge two versions.
    private func conflict(_ ours: [String: String], _ theirs: [String: String]) -> String {
        let texts = [ours, theirs].map { String(decoding: Lock(tree($0)).bytes, as: UTF8.self).dropFirst(2) }
        return "{\n<<<<<<< HEAD\n\(texts[0])=======\n\(texts[1])>>>>>>> main\n"
    }

    /// The times of the last change of content and of state.
    private func times(_ state: stat) -> [[Int]] {
        #if canImport(Darwin)
            let (content, change) = (state.st_mtimespec, state.st_ctimespec)
        #else
            let (content, change) = (state.st_mtim, state.st_ctim)
        #endif
        return [[content.tv_sec, content.tv_nsec], [change.tv_sec, change.tv_nsec]]
    }
}
