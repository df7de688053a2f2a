/// A metric whose exporter is known: a row of `metrics.csv`.
///
/// A class, because each selector of each query holds its own.
package final class KnownMetric: Sendable {
    package enum Kind: String, Sendable { case gauge, counter, histogram }

    package let name: String
    package let kind: Kind
    /// The greatest value that it can take, where it has one.
    let most: Double?
    /// The labels that its exporter gives it; empty where they are not known.
    package let labels: [String]
    /// The name that has replaced this one; empty where none has.
    package let replacement: String
    /// The upper bounds of its buckets as its exporter writes them.
    package let buckets: [String]

    private init(
        name: String, kind: Kind, most: Double?, labels: [String], replacement: String, buckets: [String]
    ) {
        self.name = name
        self.kind = kind
        self.most = most
        self.labels = labels
        self.replacement = replacement
        self.buckets = buckets
    }

    /// Finds the metric that a name of a query is of: a histogram has three names.
    static func named(_ name: String) -> KnownMetric? {
        if let metric = byName[name] { return metric }
        for suffix in ["_bucket", "_sum", "_count"] where name.hasSuffix(suffix) {
            if let metric = byName[String(name.dropLast(suffix.count))], metric.kind == .histogram { return metric }
        }
        return nil
    }

    /// Whether it says how busy something is, by a number with a ceiling.
    var isBounded: Bool { most != nil }
    /// Whether a GPU exporter gives it.
    package var isOfGPUs: Bool { name.hasPrefix("DCGM_") }
    /// Whether the model server gives it.
    var isOfServers: Bool { name.hasPrefix("vllm:") }

    private static let byName: [String: KnownMetric] = {
        let columns = ["name", "kind", "most", "labels", "replacement", "buckets"]
        let rows = scan("metrics", columns: columns) { row in
            KnownMetric(
                name: row.text(), kind: row.word(Kind.self), most: row.number(orEmpty: ()), labels: row.words(),
                replacement: row.text(), buckets: row.words())
        }
        return Dictionary(rows.map { ($0.name, $0) }) { first, _ in first }
    }()
}
