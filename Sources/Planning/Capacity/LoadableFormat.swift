import Diagnostics
import Groundwork
import YAML

extension ModelSpec {
    /// Whether its weights come from another place than its own repository: they are in the dtype that the spec sets.
    var hasOwnWeights: Bool {
        if case .huggingFace(source.value) = weights.from.value { false } else { true }
    }
}

/// Whether weights are available in a dtype: reports one in which they are not published and to which vLLM does not convert them.
func isLoadable(_ model: ModelSpec, _ dtype: DType, _ architecture: ModelArchitecture, _ report: inout Report) -> Bool {
    let native = architecture.nativeDType
    let sixteenBits: [DType] = [.bf16, .fp16]
    guard dtype != native, !model.hasOwnWeights else { return true }
    if sixteenBits.contains(native), sixteenBits.contains(dtype) || dtype == .fp8 { return true }
    let format = dtype.rawValue
    report.error(
        "weights-in-another-format",
        "`dtype` of `\(model.name.value)` is `\(format)`, and `\(model.source.value)` has weights in `\(native.rawValue)`",
        at: model.weights.dtype?.range,
        label: "while loading weights, vLLM only converts 16-bit ones to `fp8`",
        notes: [.init("the weights are those of this model", at: model.source.range)],
        help: [
            "set `from` to `hf://…`, `s3://…` or another place that has them in `\(format)`"
        ]
            + (canLoad(model, architecture)
                ? [Help("remove `dtype`", .removing(model.weights.dtype?.range))]
                    + (sixteenBits.contains(native)
                        ? [Help("set `dtype: fp8`", replacing: model.weights.dtype?.range, by: ["fp8"])] : []) : []))
    return false
}

/// Whether the published weights, which vLLM loads first, fit in the memory of an instance type that the model may use.
private func canLoad(_ model: ModelSpec, _ architecture: ModelArchitecture) -> Bool {
    let prefer = model.instances.prefer
    let weights = Double(architecture.parameters) * architecture.nativeDType.size.value / gibibyte
    return Catalog.instanceTypes.contains { type in
        let memory = Double(type.gpuMemoryMiB * (model.gpu.tensorParallel?.value ?? type.gpuCount)) / 1024
        return type.isUsable && (prefer.isEmpty || prefer.contains { type.isNamed($0.value) })
            && memory > weights
    }
}
