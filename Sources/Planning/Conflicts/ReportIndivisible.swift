import Diagnostics
import Groundwork
import YAML

/// Reports a number of GPUs among which vLLM cannot divide the weights; false if the reason is a different one.
func reportIndivisible(
    _ demand: Demand, _ rejected: [RejectedCandidate], _ prices: PriceList, _ conflict: Conflict, _ report: inout Report
) -> Bool {
    let faults = rejected.compactMap { rejected -> (fault: PartitionFault, ranks: Int)? in
        guard case .doesNotDivide(let fault) = rejected.rejection else { return nil }
        return (fault, rejected.tensorParallel)
    }
    // Without `tensorParallel`, a replica has several GPUs only if it takes the whole node.
    guard let first = faults.first, !rejected.contains(where: { $0.tensorParallel == 1 }) else { return false }
    let (model, workload) = (demand.model, demand.workload)
    let place = model.gpu.tensorParallel?.range ?? model.gpu.computeDomain.range
    let good = (1...8).filter {
        workload.loads(over: $0, model) && !searchCandidates(demand.over(gpus: $0), prices: prices).feasible.isEmpty
    }.map(String.init)
    let architecture = "the architecture is that of this model"
    let note =
        good.isEmpty ? architecture : "\(architecture), which can run on \(listed(good)) GPU\(good == ["1"] ? "" : "s")"
    let message = message(first.fault, over: first.ranks, model, workload)
    report.error(
        message.code, message.words, at: place, label: message.label,
        notes: [.init(note, at: model.source.range)] + conflict.notes(besides: place),
        help: conflict.help + otherScales(first.fault, model))
    return true
}

/// Weights from an unknown publisher may have other scales than the model's own.
private func otherScales(_ fault: PartitionFault, _ model: ModelSpec) -> [Help] {
    guard case .width(_, _, let block) = fault, block > 1, model.weights.dtype?.value == .fp8,
        model.weights.blockSize == nil
    else { return [] }
    if case .huggingFace = model.weights.from.value { return [] }
    return [
        Help(
            "set `weights: {blockSize: 1}` if these weights have one scale per channel or tensor",
            together: [model.setting("weights", "blockSize", to: "1")])
    ]
}

private func message(_ fault: PartitionFault, over ranks: Int, _ model: ModelSpec, _ workload: Workload)
    -> (code: String, words: String, label: String)
{
    let name = model.name.value
    let architecture = workload.architecture
    switch fault {
    case .heads:
        return (
            "heads-do-not-divide",
            "\(ranks) GPUs cannot evenly split the \(architecture.attentionHeads) attention heads and \(architecture.kvHeads) KV "
                + "heads of `\(name)`", "does not divide evenly"
        )
    case .vocabulary:
        return (
            "vocabulary-does-not-divide", "\(ranks) GPUs cannot evenly split the vocabulary of `\(name)`",
            "does not divide evenly"
        )
    case .experts(let count):
        return (
            "experts-do-not-divide", "\(ranks) GPUs cannot evenly split the \(count) experts of `\(name)`",
            "does not divide evenly"
        )
    case .width(let part, let width, let block):
        let each = Notation.plain.text(Double(width) / Double(ranks))
        let format = workload.dtype.value.rawValue
        return (
            "weights-do-not-divide",
            "vLLM cannot load `\(name)` in `\(format)` on \(ranks) GPUs: the width of \(part.words) is \(width), which is \(each) per GPU"
                + (block > 1 ? " and must be a multiple of \(block), the number of weights that share a scale" : ""),
            block > 1 ? "\(each) is not a multiple of \(block)" : "does not divide evenly"
        )
    }
}
