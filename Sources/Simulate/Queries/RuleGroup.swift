import Groundwork

/// A group of rules, evaluated one after another at each interval, and what it keeps from one evaluation to the next.
package struct RuleGroup: Sendable {
    package let name: String
    /// Milliseconds.
    package let interval: Int
    package let rules: [QueryRule]
    /// The series that each rule returned last, in order.
    private var returned: [[SeriesLabels]]
    private var alerts: [AlertStates]
    /// Why rules had no result in the last evaluation, by their place in the group.
    package private(set) var failures: [Int: QueryFailure] = [:]

    package init(_ name: String, every interval: Int, _ rules: [QueryRule]) {
        self.name = name
        self.interval = interval
        self.rules = rules
        returned = rules.map { _ in [] }
        alerts = rules.map { _ in AlertStates() }
    }

    /// The alerts of all rules that are pending or firing.
    package var active: [Alert] { alerts.flatMap(\.active) }

    /// Evaluates every rule at a time, and writes what the rules record.
    package mutating func evaluate(at time: Int, _ store: inout SeriesStore, _ behavior: PrometheusBehavior) {
        failures = [:]
        for place in rules.indices {
            do {
                let samples = try samples(place, QueryEvaluator(store, behavior), time)
                let present = Set(samples.map(\.labels))
                for sample in samples { store.append(sample.value, to: sample.labels, at: time) }
                for labels in returned[place] where !present.contains(labels) { store.end(labels, at: time) }
                returned[place] = samples.map(\.labels)
            } catch {
                // As in Prometheus: the rule keeps its state, and nothing is written.
                failures[place] = error
            }
        }
    }

    /// What a rule writes at a time.
    private mutating func samples(_ place: Int, _ evaluator: QueryEvaluator, _ time: Int) throws(QueryFailure)
        -> [QuerySample]
    {
        let rule = rules[place]
        let elements: [QuerySample]
        switch try evaluator.evaluate(rule.query, at: time) {
        case .scalar(let number): elements = [QuerySample(SeriesLabels(), number, at: time)]
        case .vector(let vector): elements = vector
        case .string: throw .invalid("a rule must not return a string", rule.query.extent)
        }
        switch rule.purpose {
        case .record(let name):
            let samples = elements.map {
                QuerySample(rule.applied(to: $0.labels, [SeriesLabels.metric: name]), $0.value, at: time)
            }
            return try evaluator.distinct(samples, rule.query.extent)
        case .alert(let name, let wait, let keep):
            let found = elements.map { element in
                let labels = rule.applied(to: element.labels.unnamed, ["alertname": name])
                return QuerySample(labels, element.value, at: time)
            }
            alerts[place].update(try evaluator.distinct(found, rule.query.extent), time, wait: wait, keep: keep)
            return alerts[place].samples(at: time)
        }
    }
}

extension QueryRule {
    /// The labels of an element with those of the rule.
    fileprivate func applied(to labels: SeriesLabels, _ own: [String: String]) -> SeriesLabels {
        var result = labels
        for (name, label) in self.labels { result[name] = label.value(labels) }
        for (name, value) in own { result[name] = value }
        return result
    }
}
