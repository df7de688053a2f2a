/// The constants of the step-time equations for one kind of model: fitted on measured runs of vLLM by `make fit`.
///
/// `make fit` refits them, compares them with these rows and prints their error on runs that the fit did not see.
package struct FittedThresholds: Sendable {
    package let bandwidthEfficiency: Parameter
    package let computeEfficiency: Parameter
    package let layerTime: Parameter
    package let allReduceLatency: Parameter
    package let requestTime: Parameter
    package let promptFactor: Parameter
    package let promptOverlap: Parameter
    /// Between the predicted and the promised time per output token.
    package let paceMargin: Parameter
    /// Between the predicted and the promised time to first token.
    package let startMargin: Parameter

    /// Models whose every weight takes part in every token.
    package static let dense = FittedThresholds(
        source: "`make fit`, 217 runs of dense models on vLLM",
        bandwidthEfficiency: 0.88, computeEfficiency: 0.88, layerTime: 76.3e-6, allReduceLatency: 0,
        requestTime: 0.057, promptFactor: 1.46, promptOverlap: 0.043, paceMargin: 1.30, startMargin: 1.65)

    /// The mixtures whose runs are among those of the fit; for others it was 46% off.
    package static let fittedMixtures = ["openai/gpt-oss-120b", "Qwen/Qwen3-235B-A22B"]

    /// Mixtures of experts.
    package static let mixture = FittedThresholds(
        source: "`make fit`, 81 runs of mixtures of experts on vLLM",
        bandwidthEfficiency: 0.80, computeEfficiency: 0.22, layerTime: 29.9e-6, allReduceLatency: 23.8e-6,
        requestTime: 0.029, promptFactor: 0.96, promptOverlap: 0.067, paceMargin: 1.40, startMargin: 1.40)

    private init(
        source: String, bandwidthEfficiency: Double, computeEfficiency: Double, layerTime: Double,
        allReduceLatency: Double, requestTime: Double, promptFactor: Double, promptOverlap: Double, paceMargin: Double,
        startMargin: Double
    ) {
        func fitted(_ name: String, _ value: Double, _ unit: String, because reason: String) -> Parameter {
            Parameter(name, value, unit, because: reason, source: source)
        }
        self.bandwidthEfficiency = fitted(
            "bandwidth efficiency", bandwidthEfficiency, "ratio",
            because: "share of HBM bandwidth that decoding reaches")
        self.computeEfficiency = fitted(
            "compute efficiency", computeEfficiency, "ratio", because: "share of dense FLOP/s that a step reaches")
        self.layerTime = fitted(
            "layer time", layerTime, "s", because: "fixed cost of a layer's kernels in one step")
        self.allReduceLatency = fitted(
            "all-reduce latency", allReduceLatency, "s", because: "start-up of one all-reduce, beyond the layer time")
        self.requestTime = fitted(
            "request time", requestTime, "s", because: "HTTP, tokenizer and scheduler before a prompt is computed")
        self.promptFactor = fitted(
            "prompt factor", promptFactor, "times",
            because: "a prompt is computed in chunks between decoding steps, slower than by itself")
        self.promptOverlap = fitted(
            "prompt overlap", promptOverlap, "prompts",
            because: "for each running sequence this part of another prompt is computed first")
        self.paceMargin = fitted(
            "pace margin", paceMargin, "times",
            because:
                "nine of ten runs stay below the predicted time per output token times this, their configuration held out"
        )
        self.startMargin = fitted(
            "start margin", startMargin, "times",
            because:
                "nine of ten runs stay below the predicted time to first token times this, their configuration held out"
        )
    }
}

extension Thresholds {
    package static let pcieBandwidth = Parameter(
        "PCIe bandwidth", 32, "GB/s", because: "ranks without NVLink exchange over PCIe 4",
        source: "PCI Express 4.0 x16")
}
