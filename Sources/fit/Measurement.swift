import Groundwork
import Planning

/// One measured run: what was served on what, and how long tokens took.
struct Measurement {
    /// The release whose use of memory is assumed: captured graphs are not part of its share, as in the releases that were measured.
    static let release = Version(0, 19)

    let kind: Kind
    let model: String
    let gpu: String
    let workload: Workload
    let accelerator: Accelerator
    let tensorParallel: Int
    /// Requests that were sent at once.
    let concurrency: Double
    /// Sequences that ran at once: no more than the KV cache holds.
    let running: Double
    /// Seconds, the mean or median of the run.
    let tpot: Double
    /// Seconds, the mean or median of the run; nil where the run was open and its time includes a client far away, and where requests waited
    /// for memory: the queue's time is no step's.
    let ttft: Double?
    /// Its time per output token as an equation of the fit.
    private(set) var equation = Equation(features: [], offset: 0, measured: 0)

    /// A run left out, and why.
    struct Omission: Error {
        let words: String

        init(_ words: String) { self.words = words }
    }

    /// What a run is, whatever table lists it.
    var identity: String { "\(sweep) \(concurrency) \(tpot)" }
    /// Runs that differ in nothing but concurrency.
    var sweep: String { "\(configuration) \(workload.inputTokens.value) \(workload.outputTokens?.value ?? 0)" }
    /// Runs of one model in one dtype on as many of the same GPUs.
    var configuration: String { "\(product) \(workload.dtype.value.rawValue) \(tensorParallel)" }
    /// Runs of one model on one GPU product.
    var product: String { "\(model) \(gpu)" }

    /// Reads a row, if the compiler can predict what it measured.
    static func read(_ row: [String: String]) -> Result<Measurement, Omission> {
        func number(_ column: String) -> Double? { row[column].flatMap(Double.init) }
        guard let gpuName = gpus[row["gpu"] ?? ""], let gpu = Catalog.gpus.first(where: { $0.id == gpuName }) else {
            return .failure(Omission("on a GPU that EC2 does not offer"))
        }
        let listed = row["model"] ?? ""
        guard let architecture = Catalog.model(named: names[listed] ?? listed) else {
            return .failure(Omission("of a model that the catalog does not have"))
        }
        guard let ranks = number("tp").map({ Int($0) }), let input = number("isl"), let output = number("osl"),
            let concurrency = number("concurrency"), let tpot = number("tpot_ms")
        else { return .failure(Omission("with a figure missing")) }
        let experts = digits(row["ep_or_dp"] ?? "")
        if architecture.experts != nil, experts.count == 3, experts[1] * experts[2] != ranks {
            return .failure(Omission("whose experts lie on other GPUs than the rest"))
        }
        guard let format = format(row["precision"] ?? "", of: architecture) else {
            return .failure(Omission("in a dtype that is not known"))
        }
        let isSmallCache = hasSmallCache(row, architecture, format, gpu)
        let origin = Origin.convention("a measured run")
        let workload = Workload(
            architecture: architecture, dtype: Traced(format, origin),
            kvDType: Traced(isSmallCache ? .fp8 : .bf16, origin), inputTokens: Traced(Int(input), origin),
            outputTokens: Traced(Int(output), origin), prefixHitRate: nil, context: Traced(Int(input + output), origin),
            memoryShare: .parameter(Thresholds.earlierMemoryShare), release: Self.release)
        let isClosed = row["kind"] != "measured-rate-sweep"
        let accelerator = Accelerator(whole: gpu)
        let held = MemoryFit<Double>(workload, on: accelerator, ranks: Double(ranks)).sequences
        let isTimed = isClosed && concurrency <= held
        var run = Measurement(
            kind: workload.isMoE ? .moe : .dense, model: architecture.name, gpu: gpu.id, workload: workload,
            accelerator: accelerator, tensorParallel: ranks, concurrency: concurrency,
            running: min(concurrency, max(1, held)), tpot: tpot / 1000,
            ttft: isTimed ? number("ttft_ms").map { $0 / 1000 } : nil)
        run.equation = run.tpotEquation()
        return .success(run)
    }

    /// Whether a run kept its KV cache in 8 bits, which no table says.
    ///
    /// NVIDIA's own checkpoints of Llama in 8 and 4 bits, which these are, store it so. MiniMax-M2.5 by vLLM 0.19 on Blackwell ran more
    /// sequences at once than a cache in 16 bits has room for.
    private static func hasSmallCache(
        _ row: [String: String], _ architecture: ModelArchitecture, _ format: DType, _ gpu: GPU
    ) -> Bool {
        if architecture.name.hasPrefix("meta-llama/") { return [.fp8, .mxfp4].contains(format) }
        return architecture.name.hasPrefix("MiniMaxAI/") && gpu.architecture == "Blackwell"
            && row["engine_version"]?.hasPrefix("0.19") == true
    }

    /// The table's names of GPUs in the catalog's.
    private static let gpus = [
        "A100-80GB (SKU GUESS)": "a100-80gb", "H100-SXM-80GB": "h100", "H200-SXM-141GB": "h200",
        "B200-SXM-180GB": "b200",
        "B300-SXM": "b300",
    ]

    /// The table's names of models in the catalog's, where they differ.
    private static let names = [
        "meta-llama/Llama-3.1-70B": "meta-llama/Llama-3.1-70B-Instruct",
        "nvidia/Llama-3.1-8B-Instruct-FP8": "meta-llama/Llama-3.1-8B-Instruct",
        "Qwen/Qwen3-235B-A22B-FP8": "Qwen/Qwen3-235B-A22B",
    ]

    /// The dtype of a run: without one it is the model's own; of the dtypes in 4 bits mxfp4 is the nearest to each.
    private static func format(_ precision: String, of architecture: ModelArchitecture) -> DType? {
        switch precision {
        case "": architecture.nativeDType
        case "fp4": .mxfp4
        default: DType(rawValue: precision)
        }
    }

    private static func digits(_ text: String) -> [Int] {
        text.split(separator: " ").compactMap { Int($0.filter(\.isNumber)) }
    }
}
