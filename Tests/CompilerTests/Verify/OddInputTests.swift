import Diagnostics
import Testing

@testable import Groundwork
@testable import Verify

@Suite("Verification of odd trees")
struct OddInputTests {
    @Test("checks whatever stands where something else is meant", arguments: 0..<12)
    func odd(_ seed: Int) {
        var random = Generator(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1)
        let values = [
            "", "~", "[]", "{}", "[[{}]]", "{a: b}", "-1", "0", "99999999999999999999", "9223372036854775807", "x",
        ]
        let files = MutationTests.files.map { file in
            let text = String(decoding: file.bytes, as: UTF8.self)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
                guard random.next(below: 12) == 0, let colon = line.lastIndex(of: ":") else { return String(line) }
                return "\(line[...colon]) \(values[random.next(below: values.count)])"
            }
            return SourceFile(path: file.path, text: lines.joined(separator: "\n"))
        }
        var report = Report()
        verify(files.compactMap { readManifest($0, &report) }, &report)
        #expect(!report.diagnostics.isEmpty)
    }
}

/// A generator of numbers that are the same in every run: xorshift64.
private struct Generator {
    var state: UInt64

    mutating func next(below bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }
}
