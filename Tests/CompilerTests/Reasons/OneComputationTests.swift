import Foundation
import Testing

@Suite("The sources")
struct OneComputationTests {
    /// What lends a reason to a value that does not come from it.
    private static let loopholes: [(pattern: String, why: String)] = [
        (#"\.(map|compactMap|flatMap) \{ _ in"#, "a closure that ignores its value lends the origin to another"),
        (#"\bderive\("#, "a formula in words beside a closure"),
        (
            #"Traced(<\w+>)?\([^()]*(\([^()]*\)[^()]*)*, \.(computed|composed|inferred)\("#,
            "an operation's result is made by the operation"
        ),
    ]

    @Test("lend no reason to a value that does not come from it")
    func loopholes() throws {
        let sources = root.appending(path: "Sources")
        var read = 0
        for path in filesBelow(sources) where path.hasSuffix(".swift") && Self.holdsFigures(path) {
            let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
            read += 1
            for (pattern, why) in Self.loopholes {
                for match in text.matches(of: try Regex(pattern)) {
                    Issue.record("\(path): `\(text[match.range])`: \(why)")
                }
            }
        }
        #expect(read > 100)
    }

    /// Whether a file makes values with reasons: the folder of reasons itself is where they are made.
    private static func holdsFigures(_ path: String) -> Bool {
        path.hasPrefix("Planning/") || path.hasPrefix("Compiler/")
    }
}
