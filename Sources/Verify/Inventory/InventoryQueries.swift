import Diagnostics
import Groundwork

extension Inventory {
    /// A query in an object: of a KEDA trigger, or of a rule of Prometheus.
    ///
    /// A class, because many rules go through all queries.
    final class QueryUse: Sendable {
        enum Owner: Sendable { case trigger(ManifestValue), rule(ManifestValue) }

        let object: KubernetesObject
        let owner: Owner
        let value: ManifestValue
        /// The parsed query; nil if it has a syntax error.
        let query: Query?
        let error: QueryError?
        /// Every expression in it, by kind.
        let parts: QueryParts
        /// The alert's name, if the query belongs to an alert.
        let alert: String?

        init(object: KubernetesObject, owner: Owner, value: ManifestValue, query: Query?, error: QueryError?) {
            self.object = object
            self.owner = owner
            self.value = value
            self.query = query
            self.error = error
            parts = QueryParts(query)
            if case .rule(let rule) = owner { alert = rule["alert"]?.text } else { alert = nil }
        }

        /// The stretch of the file that holds a part of the query.
        func place(_ extent: Range<Int>) -> SourceRange { value.place(ofContent: extent) }

        /// What it returns; nil if it has a syntax error.
        var result: QueryResult? { query?.result }

        /// The trigger, if the query belongs to one.
        var trigger: ManifestValue? { if case .trigger(let trigger) = owner { trigger } else { nil } }

        /// The object in words, with the alert or record.
        var words: String {
            switch owner {
            case .trigger: "the query of \(object.words)"
            case .rule(let rule):
                alert.map { "alert `\($0)` of \(object.words)" }
                    ?? "recording rule `\(rule["record"]?.text ?? "")` of \(object.words)"
            }
        }
    }

    /// Reads every query of a tree.
    static func queries(in objects: [KubernetesObject], _ rules: [(object: KubernetesObject, rules: [ManifestValue])])
        -> [QueryUse]
    {
        var uses: [QueryUse] = []
        func add(_ object: KubernetesObject, _ owner: QueryUse.Owner, _ value: ManifestValue?) {
            guard let value, let text = value.text, !text.mentions("{{") else { return }
            do {
                uses.append(
                    QueryUse(object: object, owner: owner, value: value, query: try parseQuery(text), error: nil))
            } catch {
                uses.append(QueryUse(object: object, owner: owner, value: value, query: nil, error: error))
            }
        }
        for object in objects where object.kind == .scaledObject || object.kind == .scaledJob {
            for trigger in object.spec?["triggers"]?.items ?? [] where trigger["type"]?.text == "prometheus" {
                add(object, .trigger(trigger), trigger["metadata"]?["query"])
            }
        }
        for (object, rules) in rules {
            for rule in rules { add(object, .rule(rule), rule["expr"]) }
        }
        return uses
    }
}

extension ManifestValue {
    /// The metric type of a trigger, even in a place where KEDA ignores it.
    var writtenMetricType: ManifestValue? { self["metricType"] ?? self["metadata"]?["metricType"] }

    /// Whether a trigger is of a scaler outside of KEDA, whose metadata is its own.
    var isExternal: Bool { self["type"]?.text?.hasPrefix("external") ?? false }

    /// The stretch of the file that holds some bytes of a scalar's text.
    func place(ofContent extent: Range<Int>) -> SourceRange {
        if case .node(let node) = storage { node.range(ofContent: extent) } else { place }
    }
}
