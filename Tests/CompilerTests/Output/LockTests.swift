import Testing

@testable import Groundwork

@Suite struct `A lock` {
    @Test func `knows the digest of bytes`() {
        #expect(sha256([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(sha256(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func `is written sorted, one file a line`() {
        let lock = Lock(files: ["b": "2", "a/\"é\"\u{1}\u{1f}": "1"])
        let text = """
            {
              "version": 1,
              "files": {
                "a/\\"é\\"\\u0001\\u001f": "1",
                "b": "2"
              }
            }

            """
        #expect(String(decoding: lock.bytes, as: UTF8.self) == text)
    }

    @Test(arguments: [[:], ["a": "1"], ["x y/\"z\"\n\u{1f}": "1", "é": "2", "a/b": "3"]])
    func `survives writing and reading`(files: [String: String]) throws {
        let lock = Lock(files: files)
        #expect(try Lock(reading: lock.bytes) == lock)
    }

    @Test func `is read in any layout`() throws {
        let text = #"{"files":{"a":"1" , "b":"\u0041\n"},"version":1}"#
        #expect(try Lock(reading: Array(text.utf8)) == Lock(files: ["a": "1", "b": "A\n"]))
    }

    @Test(arguments: [
        "", "{}", "[]", "{\"version\": 1}", "{\"version\": 0, \"files\": {}}",
        "{\"version\": 1, \"files\": {}} x",
        "{\"version\": 1, \"files\": {}, \"x\": 1}",
        "{\"version\": 1, \"files\": {\"a\": \"1\", \"a\": \"2\"}}",
        "{\"version\": 1, \"files\": {\"a\": 1}}",
        "{\"version\": 1, \"files\": {\"\\", "{\"version\": 1, \"files\": {\"\\u12",
        "{\"version\": 99999999999999999999999}",
        "{\"version\": 1, \"files\": {\"a\nb\": \"\"}}", "{\"version\": 1, \"files\": {\"\\ud800\": \"\"}}",
    ])
    func `is rejected when it is something else`(text: String) {
        #expect(throws: LockProblem.self) { try Lock(reading: Array(text.utf8)) }
    }

    @Test func `of an earlier build is read, which said by whom and from what`() throws {
        let text = #"{"version": 1, "compiler": "0.1.0", "inputs": "ab", "files": {"a": "1"}}"#
        #expect(try Lock(reading: Array(text.utf8)) == Lock(files: ["a": "1"]))
    }

    @Test func `of a newer format is told apart`() {
        let text = Array(#"{"version": 2, "signature": "x"}"#.utf8)
        #expect(throws: LockProblem.newerFormat(2)) { try Lock(reading: text) }
    }
}
