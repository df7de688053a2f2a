import Diagnostics
import Groundwork

extension Inventory {
    /// The name of a metric in a query or in a panel of a dashboard.
    struct MetricUse: Sendable {
        /// What uses it, in words.
        let words: String
        let name: String
        /// The metric, if it is in the catalog.
        let metric: Metric?
        /// The text that has it, and its bytes there.
        fileprivate let value: ManifestValue
        fileprivate let extent: Range<Int>

        /// The place of the name, which takes time to find in a long text.
        var place: SourceRange { value.place(ofContent: extent) }
    }

    /// Finds the names of metrics in queries, in matchers on `__name__`, and in dashboards.
    func findMetricUses() -> [MetricUse] { queries.flatMap(\.metricUses) + dashboardMetrics }

    /// The names in the panels of dashboards in ConfigMaps.
    private var dashboardMetrics: [MetricUse] {
        // Fields and queries of generated trees are proved by tests.
        guard scope.schemas != nil else { return [] }
        return objects(.configMap).flatMap { map -> [MetricUse] in
            let words = "a panel of \(map.words)"
            return (map.root["data"]?.entries ?? []).flatMap { entry -> [MetricUse] in
                guard entry.key.hasSuffix(".json"), let text = entry.value.text, text.mentions("\"expr\"") else {
                    return []
                }
                return metricNames(inJSON: text).map { name, extent in
                    MetricUse(
                        words: words, name: name, metric: Metric.named(name), value: entry.value, extent: extent)
                }
            }
        }
    }
}

extension Inventory.QueryUse {
    /// The names of metrics in the query.
    fileprivate var metricUses: [Inventory.MetricUse] {
        parts.selectors.flatMap { part -> [Inventory.MetricUse] in
            let selector = part.content
            if let name = selector.name {
                let start = part.extent.lowerBound
                return [use(name, start..<start + name.utf8.count)]
            }
            return selector.matchers.filter { $0.label == "__name__" && $0.relation == .matching }.flatMap { matcher in
                alternatives(of: matcher).map { use($0, $1) }
            }
        }
    }

    private func use(_ name: String, _ extent: Range<Int>) -> Inventory.MetricUse {
        Inventory.MetricUse(words: words, name: name, metric: Metric.named(name), value: value, extent: extent)
    }

    /// The names of a pattern that is a list of names.
    private func alternatives(of matcher: Query.Matcher) -> [(String, Range<Int>)] {
        let special: Set<Character> = ["(", ")", "[", "]", ".", "*", "+", "?", "\\", "^", "$", "{"]
        guard !matcher.value.contains(where: special.contains) else { return [] }
        var start = matcher.valueExtent.lowerBound + 1
        return matcher.value.split(separator: "|", omittingEmptySubsequences: false).map { name in
            defer { start += name.utf8.count + 1 }
            return (String(name), start..<start + name.utf8.count)
        }
    }
}

/// Finds the names of metrics of vLLM and DCGM in the expressions of a dashboard, with their bytes.
private func metricNames(inJSON text: String) -> [(name: String, extent: Range<Int>)] {
    let bytes = Array(text.utf8)
    func isName(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":")
            || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
            || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
    }
    let marks = ["vllm", "DCGM_FI_"].map { Array($0.utf8) }
    var found: [(String, Range<Int>)] = []
    var index = 0
    while let key = find("\"expr\"", in: bytes, from: index) {
        index = min(key + 6, bytes.count)
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") { index += 1 }
        index += 1
        // The string, up to a quote that is not escaped.
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            if bytes[index] == UInt8(ascii: "\\") {
                index += 2
                continue
            }
            guard isName(bytes[index]) else {
                index += 1
                continue
            }
            let start = index
            while index < bytes.count, isName(bytes[index]) { index += 1 }
            // Most names are functions and labels.
            guard bytes[start] == UInt8(ascii: "v") || bytes[start] == UInt8(ascii: "D") else { continue }
            let next = bytes[index...].first { $0 != UInt8(ascii: " ") }
            // A label's name is before its operator.
            if marks.contains(where: { bytes[start..<index].starts(with: $0) }), next != UInt8(ascii: "="),
                next != UInt8(ascii: "!"), next != UInt8(ascii: "$"),
                bytes[start..<index].contains(where: { $0 == 0x5F })
            {
                found.append((String(decoding: bytes[start..<index], as: UTF8.self), start..<index))
            }
        }
    }
    return found
}
