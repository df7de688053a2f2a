import Diagnostics
import Groundwork
import YAML

/// Warns of images that the GPU Operator's chart decides.
func checkImages(_ platform: PlatformSpec, _ report: inout Report) {
    guard platform.gpu.stack.value == .operator else { return }
    let images = platform.images
    let daemons = [
        ("dcgmExporter", images.dcgmExporter), ("devicePlugin", images.devicePlugin),
        ("migManager", images.migManager), ("mps", images.mps),
    ]
    for (key, image) in daemons {
        guard let image else { continue }
        report.warning(
            "image-without-effect", "`\(key)` has no effect: the GPU Operator runs that DaemonSet", at: image.range,
            label: "not used",
            notes: [.init("the stack is set here", at: platform.gpu.stack.range)],
            help: [
                Help("remove it; `registry` and `registries` apply to the operator's images", .removing(image.range))
            ])
    }
}

/// Rejects an image of vLLM whose version is in neither its tag nor the spec.
func checkImageVersion(_ model: ModelSpec, _ report: inout Report) {
    let image = model.serving.image
    guard case .written = image.origin, case .convention = model.serving.version.origin,
        image.value.contains("@"), imageTag(image.value) == nil
    else { return }
    report.error(
        "image-without-version",
        "the image of `\(model.name.value)` has a digest and no tag, so its version of vLLM is unknown",
        at: image.range,
        label: "no tag",
        notes: [
            .init("the version selects metric names and flags"),
            .init("the model is defined here", at: model.name.range),
        ],
        help: ["add `serving: {version: …}` to the model, or the tag before the `@`"])
}

/// The tag of an image; nil if it has none.
private func imageTag(_ image: String) -> Substring? {
    let name = image.prefix { $0 != "@" }
    let last = name[(name.lastIndex(of: "/") ?? name.startIndex)...]
    return last.firstIndex(of: ":").map { last[$0...].dropFirst() }
}
