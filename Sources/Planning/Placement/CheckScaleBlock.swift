import Diagnostics
import Groundwork
import YAML

/// Warns of a block size for weights that have no blocks.
func checkScaleBlock(_ model: ModelSpec, _ block: Traced<Int>?, _ format: DType, _ report: inout Report) {
    guard let size = model.weights.blockSize, block == nil else { return }
    report.warning(
        "unused-block-size",
        "the weights of `\(model.name.value)` are loaded in `\(format.rawValue)`, and share no scales in blocks",
        at: size.range, label: "no effect", help: [Help("leave out `blockSize`", .removing(size.range))])
}
