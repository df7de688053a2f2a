import Diagnostics
import Groundwork
import YAML

extension ModelSpec {
    /// Whether its weights come from another place than its own repository: there they are in the format that the spec says.
    var hasOwnWeights: Bool {
        if case .huggingFace(source.value) = weights.from.value { false } else { true }
    }
}

/// Whether weights are to be had in a number format: reports one that they are not published in and that vLLM does not turn them into.
func isLoadable(_ model: ModelSpec, _ dtype: DType, _ architecture: ModelArchitecture, _ report: inout Report) -> Bool {
    let native = architecture.nativeDType
    let sixteenBits: [DType] = [.bf16, .fp16]
    guard dtype != native, !model.hasOwnWeights else { return true }
    if sixteenBits.contains(native), sixteenBits.contains(dtype) || dtype == .fp8 { return true }
    let format = dtype.rawValue
    report.error(
        "weights-in-another-format",
        "`\(model.name.value)` is to run in `\(format)`, and `\(model.source.value)` holds weights in `\(native.rawValue)`",
        at: model.weights.dtype?.range,
        label: "while it loads weights, vLLM converts 16-bit ones to `fp8`, and does no other conversion",
        notes: [.init("the weights are those of this model", at: model.source.range)],
        help: [
            "`from: hf://…`, `s3://…` or another place that has them in `\(format)`"
        ]
            + (canLoad(model, architecture)
                ? [Help("leave out `dtype`", .removing(model.weights.dtype?.range))]
                    + (sixteenBits.contains(native)
                        ? [Help("`dtype: fp8`", replacing: model.weights.dtype?.range, by: ["fp8"])] : []) : []))
    return false
}

/// Whether the published weights, which vLLM loads first, go into the memory of an instance that the model may take.
private func canLoad(_ model: ModelSpec, _ architecture: ModelArchitecture) -> Bool {
    let prefer = model.instances.prefer
    let weights = Double(architecture.parameters) * architecture.nativeDType.size.value / gibibyte
    return Catalog.instanceTypes.contains { type in
        let memory = Double(type.gpuMemoryMiB * (model.gpu.tensorParallel?.value ?? type.gpuCount)) / 1024
        return type.isUsable && (prefer.isEmpty || prefer.contains { type.isNamed($0.value) })
            && memory > weights
    }
}
