import Diagnostics
import Groundwork
import YAML

/// Refuses whole experts on each GPU for a model that has none: vLLM ends at its start with that argument.
func checkExperts(_ model: ModelSpec, _ architecture: ModelArchitecture, _ report: inout Report) {
    guard let asked = model.gpu.expertParallel, asked.value, architecture.experts == nil else { return }
    report.error(
        "expert-parallel-without-experts", "`\(model.name.value)` is a dense model, and has no experts to leave whole",
        at: asked.range, label: "vLLM refuses `--enable-expert-parallel` for it",
        notes: [.init("the model is named here", at: model.source.range)],
        help: [Help("leave out `expertParallel`", .removing(asked.range))])
}
