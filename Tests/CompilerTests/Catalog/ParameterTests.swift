import Foundation
import Testing

@Suite("A parameter")
struct ParameterTests {
    @Test("names a field of the spec that replaces it")
    func fields() throws {
        let thresholds = root.appending(path: "Sources/Groundwork/Thresholds")
        let schema = try JSONSerialization.jsonObject(
            with: Data(contentsOf: root.appending(path: "specs/stowage.schema.json")))
        let spec = try #require(Self.member(schema, "properties", "spec"))
        var count = 0
        for path in filesBelow(thresholds) {
            let text = try String(contentsOf: thresholds.appending(path: path), encoding: .utf8)
            for match in text.matches(of: /replacedBy: "([^"]+)"/) {
                count += 1
                #expect(Self.has(spec, match.1.split(separator: ".")), "the spec has no \(match.1)")
            }
        }
        #expect(count >= 15)
    }

    @Test("has a source where it is a threshold, and is called an assumption if no source is published")
    func sources() throws {
        let thresholds = root.appending(path: "Sources/Groundwork/Thresholds")
        for path in filesBelow(thresholds) where !path.hasPrefix("Assumptions") {
            let text = try String(contentsOf: thresholds.appending(path: path), encoding: .utf8)
            #expect(!text.contains("source: \"assumption"), "\(path)")
        }
    }

    /// Whether a path such as `models[].context` leads to a property of a schema.
    private static func has(_ schema: Any, _ path: [Substring]) -> Bool {
        guard let step = path.first else { return true }
        guard let property = member(schema, "properties", String(step.prefix { $0 != "[" })) else { return false }
        guard step.hasSuffix("[]") else { return has(property, Array(path.dropFirst())) }
        return member(property, "items").map { has($0, Array(path.dropFirst())) } ?? false
    }

    private static func member(_ value: Any, _ keys: String...) -> Any? {
        keys.reduce(value as Any?) { ($0 as? [String: Any])?[$1] }
    }
}
