/// The result of a query at one time.
package enum QueryValue: Sendable {
    case scalar(Double)
    case vector([QuerySample])
    case string(String)

    /// The single number of the result, as a scaler reads it: nil for none or several.
    package var number: Double? {
        switch self {
        case .scalar(let number): number
        case .vector(let samples): samples.count == 1 ? samples[0].value : nil
        case .string: nil
        }
    }
}

/// One element of a vector.
package struct QuerySample: Sendable {
    package var labels: SeriesLabels
    package var value: Double
    /// Milliseconds; the time of the sample for a selector, else that of the query.
    package var time: Int

    package init(_ labels: SeriesLabels, _ value: Double, at time: Int) {
        self.labels = labels
        self.value = value
        self.time = time
    }
}

/// The samples of some series between two times: a range vector.
struct QueryRange {
    struct Series {
        let labels: SeriesLabels
        let samples: ArraySlice<SeriesSample>
    }

    let series: [Series]
    /// Milliseconds; the length counts, whether or not the first is part of it.
    let start: Int
    let end: Int

    var seconds: Double { Double(end - start) / 1000 }
}
