import Planning

/// A quantity that is fitted, as equations that are linear in the constants or their inverses.
///
/// The features come from the compiler: what its prediction changes by when one constant is let in after the other.
enum Quantity: String { case perOutputToken = "time per output token", firstToken = "time to first token" }

extension StepConstants<Double> {
    /// No cost at all: infinitely efficient, without latencies.
    fileprivate static let none = StepConstants(
        bandwidthEfficiency: .infinity, computeEfficiency: .infinity, layerTime: 0, allReduceLatency: 0, requestTime: 0,
        promptFactor: 0, promptOverlap: 0)

    /// The constants that were fitted to the time per output token.
    fileprivate init(pace weights: [Double]) {
        self = .none
        (bandwidthEfficiency, computeEfficiency) = (1 / weights[0], 1 / weights[1])
        (layerTime, allReduceLatency) = (weights[2], weights[3])
    }

    /// The same with the constants that were fitted to the time to first token.
    fileprivate func starting(_ weights: [Double]) -> StepConstants<Double> {
        var constants = self
        (constants.requestTime, constants.promptFactor) = (weights[0], weights[1])
        constants.promptOverlap = weights[1] > 0 ? weights[2] / weights[1] : 0
        return constants
    }
}

extension Measurement {
    /// What the compiler predicts for this run.
    func predicted(_ quantity: Quantity, _ constants: StepConstants<Double>) -> Double {
        let time = StepTime(workload, on: accelerator, ranks: Double(tensorParallel), constants: constants)
        return quantity == .firstToken ? time.firstToken(concurrency) : time.perOutputToken(concurrency)
    }

    /// What was measured.
    func measured(_ quantity: Quantity) -> Double? { quantity == .firstToken ? firstToken : perOutputToken }

    fileprivate var paceEquation: Equation {
        func pace(_ change: (inout StepConstants<Double>) -> Void) -> Double {
            var constants = StepConstants<Double>.none
            change(&constants)
            return predicted(.perOutputToken, constants)
        }
        let offset = pace { _ in }
        let features = [
            pace { $0.bandwidthEfficiency = 1 }, pace { $0.computeEfficiency = 1 }, pace { $0.layerTime = 1 },
            pace { $0.allReduceLatency = 1 },
        ]
        return Equation(features: features.map { $0 - offset }, offset: offset, measured: perOutputToken)
    }

    fileprivate func startEquation(_ constants: StepConstants<Double>) -> Equation? {
        guard let firstToken else { return nil }
        func start(_ request: Double, _ factor: Double, _ overlap: Double) -> Double {
            var tried = constants
            (tried.requestTime, tried.promptFactor, tried.promptOverlap) = (request, factor, overlap)
            return predicted(.firstToken, tried)
        }
        let offset = start(0, 0, 0)
        let alone = start(0, 1, 0)
        return Equation(
            features: [1, alone - offset, start(0, 1, 1) - alone], offset: offset, measured: firstToken)
    }
}

/// Fits all constants to runs of one kind: first those of a step, then those of a request's start.
func fit(_ runs: [Measurement]) -> StepConstants<Double> {
    let pace = StepConstants<Double>(pace: solve(runs.map(\.paceEquation), atLeast: [1, 1, 0, 0]))
    return pace.starting(solve(runs.compactMap { $0.startEquation(pace) }, atLeast: [0, 0, 0]))
}
