import Groundwork
import Planning

/// What is left out of a fit together, so that a run is predicted by a fit that saw nothing like it.
enum HoldingOut: String, CaseIterable {
    case sweep, configuration, product, model

    /// What is held out, as the report names it.
    var words: String {
        switch self {
        case .sweep: "sweep of concurrencies"
        case .configuration: "model, dtype, GPU and ranks"
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

/// A prediction for a run that the fit behind it did not see.
struct Prediction {
    let quantity: Quantity
    let kind: Kind
    let gpu: String
    /// The group that was held out.
    let group: String
    /// Measured over predicted.
    let ratio: Double
    /// The factor between prediction and planned latency.
    let margin: Double
}

/// The error of predictions for runs that the fit behind each prediction did not see.
struct HeldOut {
    let groups: Int
    /// Measured over predicted, ascending.
    private let ratios: [Double]
    /// The share of runs that are within the planned latency.
    let covered: Double

    init(_ predictions: [Prediction]) {
        groups = Set(predictions.map(\.group)).count
        ratios = predictions.map(\.ratio).sorted()
        covered = Double(predictions.count { $0.ratio <= $0.margin }) / Double(max(1, predictions.count))
    }

    var count: Int { ratios.count }
    /// The median of |predicted − measured| over measured.
    var medianError: Double { quantile(0.5, of: ratios.map { abs(1 / $0 - 1) }.sorted()) }
    /// Nine of ten runs measured at most this many times the prediction.
    var ninetieth: Double { quantile(0.9, of: ratios) }
}

/// Fits once without each group, and predicts the group with that fit.
func crossValidate(_ runs: [Measurement], by holding: HoldingOut, beside whole: FittedConstants) -> [Prediction] {
    let groups = Dictionary(grouping: runs, by: holding.name)
    return groups.keys.sorted().flatMap { name -> [Prediction] in
        let group = groups[name] ?? []
        let constants = fit(
            runs.filter { holding.name($0) != name }, changing: (constants: whole, kinds: Set(group.map(\.kind))))
        return group.flatMap { run in
            Quantity.allCases.compactMap { quantity in
                guard let measured = run.measured(quantity) else { return nil }
                return Prediction(
                    quantity: quantity, kind: run.kind, gpu: run.gpu, group: name,
                    ratio: measured / run.predicted(quantity, constants[run.kind]),
                    margin: run.margin(quantity))
            }
        }
    }
}

extension Measurement {
    /// The compiler's margin for this run.
    fileprivate func margin(_ quantity: Quantity) -> Double {
        let margin = quantity == .ttft ? workload.fitted.ttftMargin : workload.fitted.tpotMargin
        return margin.on(accelerator.gpu).value
    }
}

/// A quantile of ascending values, between two of them by their distance.
private func quantile(_ share: Double, of values: [Double]) -> Double {
    guard let last = values.last else { return .nan }
    let place = share * Double(values.count - 1)
    let index = Int(place)
    guard index + 1 < values.count else { return last }
    return values[index] + (values[index + 1] - values[index]) * (place - Double(index))
}
