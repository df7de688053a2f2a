import Testing

@testable import Groundwork

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct `Checking a folder against its lock` {
    @Test func `finds what is missing or differs`() throws {
        let scratch = try Scratch()
        let big = String(repeating: "0123456789", count: 50_000)
        let files = ["a": "1", "b": "2", "c/d": "3", "e": big, "f": "", "g": "4", "h": "5"]
        try write(files, to: scratch)
        let lock = lock(tree(files))
        #expect(try isUnchanged(scratch.output, lock: lock))
        try scratch.put("foreign", "x")
        #expect(try isUnchanged(scratch.output, lock: lock))
        try scratch.put("a", "edited")
        unlink(scratch.output + "/b")
        unlink(scratch.output + "/g")
        unlink(scratch.output + "/h")
        mkdir(scratch.output + "/g", 0o777)
        mkfifo(scratch.output + "/h", 0o600)
        #expect(try !isUnchanged(scratch.output, lock: lock))
        let found = try mismatches(of: lock, in: scratch.output)
        #expect(found.map(\.path) == ["a", "b", "g", "h"])
        #expect(found.map(\.kind) == [.differs, .missing, .missing, .differs])
    }

    @Test func `fails where there is no folder`() {
        #expect(throws: IOFailure.self) { try isUnchanged("/nonexistent", lock: lock(tree([:]))) }
    }
}
