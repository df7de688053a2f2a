import Diagnostics
import Groundwork
import YAML

/// Warns of weights on Hugging Face without an owner: only a few old models have none.
func checkWeights(_ model: ModelSpec, _ report: inout Report) {
    guard case .written(let range) = model.weights.from.origin,
        case .huggingFace(let repository) = model.weights.from.value, !repository.contains("/")
    else { return }
    let known = Catalog.models.map(\.name).filter { $0.hasSuffix("/\(repository)") }
    report.warning(
        "weights-without-owner", "`from` is `hf://\(repository)`, which has no owner of the model", at: range,
        label: "works only for a few old models",
        help: known.map { Help(meaning: "hf://\($0)", at: range) } + ["write `hf://owner/model`"])
}
