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
    /// Between the predicted and the planned time per output token.
    package let tpotMargin: FittedMargin
    /// Between the predicted and the planned time to first token.
    package let ttftMargin: FittedMargin

    /// Dense models.
    package static let dense = FittedThresholds(
        source: "`make fit`, 217 runs of dense models on vLLM",
        bandwidthEfficiency: 0.90, cacheEfficiency: 0.72, computeEfficiency: 0.75, layerTime: 66.1e-6,
        allReduceLatency: 0, exchangeSpeed: 54.7, tpotMargin: (1.20, 1.20, 1.45), ttftMargin: (1.85, 1.70, 1.85))

    /// The MoE models whose runs are included in the fit.
    package static let fittedMoEModels = ["openai/gpt-oss-120b", "Qwen/Qwen3-235B-A22B", "MiniMaxAI/MiniMax-M2.5"]

    /// MoE models.
    package static let moe = FittedThresholds(
        source: "`make fit`, 329 runs of MoE models on vLLM",
        bandwidthEfficiency: 0.88, cacheEfficiency: 0.90, computeEfficiency: 0.22, layerTime: 41.5e-6,
        allReduceLatency: 26.0e-6, exchangeSpeed: 41.2, tpotMargin: (1.80, 1.25, 1.80), ttftMargin: (1.50, 1.35, 1.50))

    private init(
        source: String, bandwidthEfficiency: Double, cacheEfficiency: Double, computeEfficiency: Double,
        layerTime: Double, allReduceLatency: Double, exchangeSpeed: Double,
        tpotMargin: (hopper: Double, blackwell: Double, others: Double),
        ttftMargin: (hopper: Double, blackwell: Double, others: Double)
    ) {
        func fitted(_ name: String, _ value: Double, _ unit: String, because reason: String) -> Parameter {
            Parameter(name, value, unit, because: reason, source: source)
        }
        self.bandwidthEfficiency = fitted(
            "bandwidth efficiency", bandwidthEfficiency, "ratio",
            because: "share of HBM bandwidth that decoding reaches when it reads weights")
        self.cacheEfficiency = fitted(
            "cache efficiency", cacheEfficiency, "ratio",
            because: "share of HBM bandwidth that decoding reaches when it reads the KV cache")
        self.computeEfficiency = fitted(
            "compute efficiency", computeEfficiency, "ratio", because: "share of dense FLOP/s that prefill reaches")
        self.layerTime = fitted(
            "layer time", layerTime, "s", because: "fixed cost of a layer's kernels per step")
        self.allReduceLatency = fitted(
            "all-reduce latency", allReduceLatency, "s",
            because: "latency of one all-reduce, in addition to the layer time")
        self.exchangeSpeed = fitted(
            "exchange speed", exchangeSpeed, "GB/s",
            because: "speed of the small all-reduces of a step, in addition to the time on the link")
        startTime = Self.sharedStartTime
        chunkTime = Self.sharedChunkTime
        self.tpotMargin = FittedMargin("TPOT margin", "time per output token", tpotMargin, source: source)
        self.ttftMargin = FittedMargin("TTFT margin", "time to first token", ttftMargin, source: source)
    }

    private static let allRuns =
        "`make fit`, 515 runs of vLLM with a time to first token, dense and MoE models together"
    private static let sharedStartTime = Parameter(
        "start time", 466e-6, "s", because: "HTTP, tokenizer, scheduler and first launch, per layer of the model",
        source: allRuns)
    private static let sharedChunkTime = Parameter(
        "chunk time", 276e-6, "s", because: "launch of a layer's kernels for a prefill chunk, without a CUDA graph",
        source: allRuns)
}

/// The factor between a predicted and a planned time, by the GPUs that it was measured on.
package struct FittedMargin: Sendable {
    private let hopper: Parameter
    private let blackwell: Parameter
    private let others: Parameter

    fileprivate init(
        _ name: String, _ quantity: String, _ values: (hopper: Double, blackwell: Double, others: Double),
        source: String
    ) {
        let usual =
            "nine of ten runs of a model that the fit did not include stay below the predicted \(quantity) times this"
        func margin(_ value: Double, _ gpus: String, because reason: String) -> Parameter {
            Parameter("\(name) (\(gpus))", value, "times", because: reason, source: source)
        }
        hopper = margin(values.hopper, "Hopper", because: usual)
        blackwell = margin(values.blackwell, "Blackwell", because: usual)
        others = margin(
            values.others, "other GPUs",
            because: values.others == values.hopper
                ? "there are no runs on other GPUs, so it is that of Hopper"
                : "of six runs of one model on A100, five stay below the predicted \(quantity) times this")
    }

    /// The factor on a GPU.
    ///
    /// The runs are on GPUs with NVLink: a workstation Blackwell is one of the others.
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
        "PCIe bandwidth", 32, "GB/s", because: "ranks without NVLink communicate over PCIe 4",
        source: "PCI Express 4.0 x16")
    package static let promptOverlap = Parameter(
        "prompt overlap", 0.05, "prompts",
        because: "the part of another prompt that is computed first, per running sequence",
        source:
            "a benchmark starts all its clients at once: of ten requests of each, one waits for half of the others")
}
