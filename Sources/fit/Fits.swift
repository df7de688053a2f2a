import Planning

/// A quantity that is fitted, as equations that are linear in the constants or their inverses.
///
/// The features come from the compiler: what its prediction changes by when one constant is let in after the other.
enum Quantity: String, CaseIterable {
    case tpot = "time per output token"
    case ttft = "time to first token"
}

extension StepConstants<Double> {
    /// No cost at all: infinitely efficient, without latencies.
    fileprivate static let none = StepConstants(
        bandwidthEfficiency: .infinity, cacheEfficiency: .infinity, computeEfficiency: .infinity, layerTime: 0,
        allReduceLatency: 0, exchangeSpeed: .infinity, startTime: 0, chunkTime: 0)

    /// The least that a fit may find, in the order of the weights: at most 0.9 of the published bandwidth, and at most 0.75 of the published
    /// arithmetic, which keeps prompts from looking free where runs report them in their time to first token.
    fileprivate static let lowerBounds = [1 / 0.9, 1 / 0.9, 1 / 0.75, 0, 0, 0]

    /// The constants that were fitted to the time per output token.
    fileprivate init(tpot weights: [Double]) {
        self = .none
        (bandwidthEfficiency, cacheEfficiency, computeEfficiency) = (1 / weights[0], 1 / weights[1], 1 / weights[2])
        (layerTime, allReduceLatency, exchangeSpeed) = (weights[3], weights[4], 1 / weights[5])
    }
}

extension Measurement {
    /// What the compiler predicts for this run.
    func predicted(_ quantity: Quantity, _ constants: StepConstants<Double>) -> Double {
        let time = StepTime(workload, on: accelerator, ranks: Double(tensorParallel), constants: constants)
        return quantity == .ttft ? time.ttft(running) : time.tpot(running)
    }

    /// What was measured.
    func measured(_ quantity: Quantity) -> Double? { quantity == .ttft ? ttft : tpot }

    /// The equation of the time per output token.
    func tpotEquation() -> Equation {
        func time(_ change: (inout StepConstants<Double>) -> Void) -> Double {
            var constants = StepConstants<Double>.none
            change(&constants)
            return predicted(.tpot, constants)
        }
        let offset = time { _ in }
        let features = [
            time { $0.bandwidthEfficiency = 1 }, time { $0.cacheEfficiency = 1 }, time { $0.computeEfficiency = 1 },
            time { $0.layerTime = 1 }, time { $0.allReduceLatency = 1 }, time { $0.exchangeSpeed = 1 },
        ]
        return Equation(features: features.map { $0 - offset }, offset: offset, measured: tpot)
    }

    fileprivate func ttftEquation(_ constants: StepConstants<Double>) -> Equation? {
        guard let ttft else { return nil }
        func start(_ request: Double, _ chunk: Double) -> Double {
            var tried = constants
            (tried.startTime, tried.chunkTime) = (request, chunk)
            return predicted(.ttft, tried)
        }
        let offset = start(0, 0)
        return Equation(features: [start(1, 0) - offset, start(0, 1) - offset], offset: offset, measured: ttft)
    }
}

/// The constants of both kinds of models.
struct FittedConstants {
    private var dense = StepConstants<Double>.none
    private var moe = StepConstants<Double>.none

    fileprivate(set) subscript(kind: Kind) -> StepConstants<Double> {
        get { kind == .dense ? dense : moe }
        set { if kind == .dense { dense = newValue } else { moe = newValue } }
    }
}

/// Fits all constants: those of a step to the runs of each kind, then those of a request's start to all runs together.
///
/// Where only some of the runs of another fit are left out, the kinds without any of them keep its constants of a step.
func fit(_ runs: [Measurement], changing another: (constants: FittedConstants, kinds: Set<Kind>)? = nil)
    -> FittedConstants
{
    var constants = another?.constants ?? FittedConstants()
    for kind in Kind.allCases where another?.kinds.contains(kind) ?? true {
        let equations = runs.filter { $0.kind == kind }.map(\.equation)
        constants[kind] = StepConstants(tpot: solve(equations, atLeast: StepConstants<Double>.lowerBounds))
    }
    let starts = solve(runs.compactMap { $0.ttftEquation(constants[$0.kind]) }, atLeast: [0, 0])
    for kind in Kind.allCases { (constants[kind].startTime, constants[kind].chunkTime) = (starts[0], starts[1]) }
    return constants
}
