/// The constants of the step-time equations for one kind of model: fitted on measured runs of vLLM by `make fit`.
///
/// `make fit` refits them, compares them with these rows and prints their error on models that the fit did not see.
package struct FittedThresholds: Sendable {
    package let bandwidthEfficiency: Parameter
    package let cacheEfficiency: Parameter
    package let computeEfficiency: Parameter
    package let layerTime: Parameter
    package let allReduceLatency: Parameter
    package let exchangeSpeed: Parameter
    package let startTime: Parameter
    package let chunkTime: Parameter
    /// Between the predicted and the promised time per output token.
    package let paceMargin: FittedMargin
    /// Between the predicted and the promised time to first token.
    package let startMargin: FittedMargin

    /// Models whose every weight takes part in every token.
    package static let dense = FittedThresholds(
        source: "`make fit`, 217 runs of dense models on vLLM",
        bandwidthEfficiency: 0.90, cacheEfficiency: 0.72, computeEfficiency: 0.75, layerTime: 66.1e-6,
        allReduceLatency: 0, exchangeSpeed: 54.7, paceMargin: (1.20, 1.20, 1.45), startMargin: (1.85, 1.70, 1.85))

    /// The mixtures whose runs are among those of the fit.
    package static let fittedMixtures = ["openai/gpt-oss-120b", "Qwen/Qwen3-235B-A22B", "MiniMaxAI/MiniMax-M2.5"]

    /// Mixtures of experts.
    package static let mixture = FittedThresholds(
        source: "`make fit`, 329 runs of mixtures of experts on vLLM",
        bandwidthEfficiency: 0.88, cacheEfficiency: 0.90, computeEfficiency: 0.22, layerTime: 41.5e-6,
        allReduceLatency: 26.0e-6, exchangeSpeed: 41.2, paceMargin: (1.80, 1.25, 1.80), startMargin: (1.50, 1.35, 1.50))

    private init(
        source: String, bandwidthEfficiency: Double, cacheEfficiency: Double, computeEfficiency: Double,
        layerTime: Double, allReduceLatency: Double, exchangeSpeed: Double,
        paceMargin: (hopper: Double, blackwell: Double, others: Double),
        startMargin: (hopper: Double, blackwell: Double, others: Double)
    ) {
        func fitted(_ name: String, _ value: Double, _ unit: String, because reason: String) -> Parameter {
            Parameter(name, value, unit, because: reason, source: source)
        }
        self.bandwidthEfficiency = fitted(
            "bandwidth efficiency", bandwidthEfficiency, "ratio",
            because: "share of HBM bandwidth at which decoding reads weights")
        self.cacheEfficiency = fitted(
            "cache efficiency", cacheEfficiency, "ratio",
            because: "share of HBM bandwidth at which decoding reads the KV cache")
        self.computeEfficiency = fitted(
            "compute efficiency", computeEfficiency, "ratio", because: "share of dense FLOP/s that a prompt reaches")
        self.layerTime = fitted(
            "layer time", layerTime, "s", because: "fixed cost of a layer's kernels in one step")
        self.allReduceLatency = fitted(
            "all-reduce latency", allReduceLatency, "s", because: "start-up of one all-reduce, beyond the layer time")
        self.exchangeSpeed = fitted(
            "exchange speed", exchangeSpeed, "GB/s",
            because: "the small all-reduces of a step pass at this speed, besides the time that the link takes")
        startTime = Self.sharedStartTime
        chunkTime = Self.sharedChunkTime
        self.paceMargin = FittedMargin("pace margin", "time per output token", paceMargin, source: source)
        self.startMargin = FittedMargin("start margin", "time to first token", startMargin, source: source)
    }

    private static let allRuns =
        "`make fit`, 515 runs of vLLM with a time to first token, dense models and mixtures together"
    private static let sharedStartTime = Parameter(
        "start time", 466e-6, "s", because: "HTTP, tokenizer, scheduler and first launch, for each layer of the model",
        source: allRuns)
    private static let sharedChunkTime = Parameter(
        "chunk time", 276e-6, "s", because: "launching a layer's kernels for a chunk of a prompt, without a CUDA graph",
        source: allRuns)
}

/// The factor between a predicted time and the promised one, by the GPUs that it was measured on.
package struct FittedMargin: Sendable {
    private let hopper: Parameter
    private let blackwell: Parameter
    private let others: Parameter

    fileprivate init(
        _ name: String, _ quantity: String, _ values: (hopper: Double, blackwell: Double, others: Double),
        source: String
    ) {
        let usual = "nine of ten runs of a model that the fit never saw stay below the predicted \(quantity) times this"
        func margin(_ value: Double, _ gpus: String, because reason: String) -> Parameter {
            Parameter("\(name) (\(gpus))", value, "times", because: reason, source: source)
        }
        hopper = margin(values.hopper, "Hopper", because: usual)
        blackwell = margin(values.blackwell, "Blackwell", because: usual)
        others = margin(
            values.others, "other GPUs",
            because: values.others == values.hopper
                ? "no runs tell it for other GPUs: that of Hopper"
                : "of six runs of one model on A100, five stay below the predicted \(quantity) times this")
    }

    /// The factor on a GPU.
    ///
    /// The runs are of GPUs with NVLink: a workstation's Blackwell is one of the others.
    package func on(_ gpu: GPU) -> Parameter {
        switch (gpu.architecture, gpu.nvlinkGBps) {
        case ("Hopper", _?): hopper
        case ("Blackwell", _?): blackwell
        default: others
        }
    }
}

extension Thresholds {
    package static let pcieBandwidth = Parameter(
        "PCIe bandwidth", 32, "GB/s", because: "ranks without NVLink exchange over PCIe 4",
        source: "PCI Express 4.0 x16")
    package static let promptOverlap = Parameter(
        "prompt overlap", 0.05, "prompts",
        because: "for each running sequence this part of another prompt is computed first",
        source:
            "a benchmark opens with all its clients at once: of ten requests of each, one waits for half of the others")
}
