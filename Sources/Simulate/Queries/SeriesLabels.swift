/// The labels of a series, sorted by name; the metric's name is the label `__name__`.
package struct SeriesLabels: Sendable, Hashable {
    /// One label.
    package struct Label: Sendable, Hashable {
        package let name: String
        package let value: String
    }

    package private(set) var pairs: [Label]

    static let metric = "__name__"

    /// Sorts labels; one without a value is the same as none.
    package init(_ values: [String: String] = [:]) {
        pairs = values.filter { !$0.value.isEmpty }.map { Label(name: $0.key, value: $0.value) }
            .sorted { $0.name < $1.name }
    }

    /// The labels of a metric's series.
    package init(_ metric: String, _ values: [String: String] = [:]) {
        self.init(values.merging([SeriesLabels.metric: metric]) { $1 })
    }

    private init(sorted pairs: [Label]) { self.pairs = pairs }

    /// The metric's name; empty without one.
    package var name: String { self[SeriesLabels.metric] }

    /// The value of a label; empty without one.
    package subscript(_ name: String) -> String {
        get { pairs.first { $0.name == name }?.value ?? "" }
        set {
            pairs.removeAll { $0.name == name }
            guard !newValue.isEmpty else { return }
            let place = pairs.firstIndex { $0.name > name } ?? pairs.count
            pairs.insert(Label(name: name, value: newValue), at: place)
        }
    }

    /// The labels that meet a condition.
    func filtered(_ isKept: (String) -> Bool) -> SeriesLabels {
        SeriesLabels(sorted: pairs.filter { isKept($0.name) })
    }

    /// The labels without the metric's name.
    package var unnamed: SeriesLabels { filtered { $0 != SeriesLabels.metric } }
}
