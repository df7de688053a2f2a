import Groundwork
import Simulate

/// The series of a simulation in the text format of OpenMetrics, with the time of each sample in seconds of virtual time from 1970 on.
///
/// `promtool tsdb create-blocks-from openmetrics` makes blocks of it that Prometheus reads.
package func openMetrics(_ series: SeriesStore) -> String {
    var families: [String: [SeriesStore.Series]] = [:]
    for own in series.series { families[own.labels.name, default: []].append(own) }
    var text = ""
    for name in families.keys.sorted() {
        // Without a type: that of a histogram would ask for its sum, too.
        text += "# TYPE \(name) unknown\n"
        for own in families[name] ?? [] {
            let labels = own.labels.unnamed.pairs.map { "\($0.name)=\"\(quoted($0.value))\"" }.joined(separator: ",")
            for sample in own.samples where !sample.isStale {
                let seconds = Notation.plain.text(Double(sample.time) / 1000)
                text += "\(name){\(labels)} \(Notation.plain.text(sample.value)) \(seconds)\n"
            }
        }
    }
    return text + "# EOF\n"
}

/// A label's value as the format writes it.
private func quoted(_ value: String) -> String {
    value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
}
