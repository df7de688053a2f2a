/// What is left out of a fit together, so that a run is predicted by a fit that saw nothing like it.
enum HoldingOut: String, CaseIterable {
    case sweep, configuration, product, model

    /// What is held out, for people.
    var words: String {
        switch self {
        case .sweep: "sweep of concurrencies"
        case .configuration: "model, format, GPU and ranks"
        case .product: "model and GPU"
        case .model: "model"
        }
    }

    func name(_ run: Measurement) -> String {
        switch self {
        case .sweep: run.sweep
        case .configuration: run.configuration
        case .product: run.product
        case .model: run.model
        }
    }
}

/// The error of predictions for runs that the fit behind each prediction did not see.
struct HeldOut {
    let groups: Int
    /// Measured over predicted, ascending.
    private let ratios: [Double]

    /// The error of predictions, each a pair of measured and predicted.
    init(groups: Int, _ pairs: [(measured: Double, predicted: Double)]) {
        self.groups = groups
        ratios = pairs.map { $0.measured / $0.predicted }.sorted()
    }

    var count: Int { ratios.count }
    /// The median of |predicted − measured| over measured.
    var medianError: Double { quantile(0.5, of: ratios.map { abs(1 / $0 - 1) }.sorted()) }
    /// Nine of ten runs measured at most this many times the prediction.
    var ninetieth: Double { quantile(0.9, of: ratios) }

    /// The share of runs that stay below the prediction times a margin.
    func covered(by margin: Double) -> Double {
        ratios.isEmpty ? 0 : Double(ratios.count { $0 <= margin }) / Double(ratios.count)
    }
}

/// Fits once without each group, and predicts the group with that fit.
func crossValidate(_ runs: [Measurement], by holding: HoldingOut) -> [Quantity: HeldOut] {
    let groups = Dictionary(grouping: runs, by: holding.name)
    var pairs: [Quantity: [(measured: Double, predicted: Double)]] = [:]
    for name in groups.keys.sorted() {
        let constants = fit(runs.filter { holding.name($0) != name })
        for run in groups[name] ?? [] {
            for quantity in [Quantity.perOutputToken, .firstToken] {
                guard let measured = run.measured(quantity) else { continue }
                pairs[quantity, default: []].append((measured, run.predicted(quantity, constants)))
            }
        }
    }
    return pairs.mapValues { HeldOut(groups: groups.count, $0) }
}

/// A quantile of ascending values, between two of them by their distance.
private func quantile(_ share: Double, of values: [Double]) -> Double {
    guard let last = values.last else { return .nan }
    let place = share * Double(values.count - 1)
    let index = Int(place)
    guard index + 1 < values.count else { return last }
    return values[index] + (values[index + 1] - values[index]) * (place - Double(index))
}
