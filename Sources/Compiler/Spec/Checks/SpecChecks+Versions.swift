import Diagnostics

/// The releases that the emitted objects were checked against.
private enum Supported {
    static let kubernetes = Version(1, 31)...Version(1, 36)
    static let karpenter = Version(1, 12)...Version(1, 15)
    static let keda = Version(2, 18)
    static let vllm = Version(0, 12)
}

/// Refuses releases whose APIs are not known.
func checkVersions(_ platform: PlatformSpec, _ report: inout Report) {
    refuse(platform.kubernetes, outside: Supported.kubernetes, "unsupported-kubernetes", "Kubernetes", &report)
    refuse(platform.karpenter.version, outside: Supported.karpenter, "unsupported-karpenter", "Karpenter", &report)
    if let keda = platform.autoscaler.keda, keda.value < Supported.keda || keda.value.major > Supported.keda.major {
        report.error(
            "unsupported-keda", "KEDA \(keda.value.text) is not supported", at: keda.range,
            label: "2.18 or a later 2.x",
            help: ["before 2.18 a fallback does not work for metrics of type `Value`"])
    }
    for gate in platform.karpenter.featureGates where gate.value == .capacityBuffer {
        let version = platform.karpenter.version.value
        guard Supported.karpenter.lowerBound <= version, !version.isAtLeast(1, 13) else { continue }
        report.error(
            "gate-of-another-version",
            "Karpenter \(platform.karpenter.version.value.text) has no gate `CapacityBuffer`",
            at: gate.range, label: "came with 1.13",
            notes: [.init("the version is given here", at: platform.karpenter.version.range)])
    }
    reportRepeated(platform.karpenter.featureGates.map { ($0.value.rawValue, $0.range) }, "the gate", &report)
}

/// Refuses a vLLM whose metrics have other names.
func checkServing(_ model: ModelSpec, _ report: inout Report) {
    let version = model.serving.version
    if version.value < Supported.vllm {
        report.error(
            "unsupported-vllm", "vLLM \(version.value.text) is not supported", at: version.range ?? model.range,
            label: "\(Supported.vllm.text) or later", help: ["before, its latency metrics had other names"])
    }
    if let tag = imageVersion(model.serving.image.value), case .written = model.serving.image.origin,
        case .written = version.origin, !agree(tag, version.value)
    {
        report.error(
            "image-of-another-version", "`version` is \(version.value.text), and the image is tagged \(tag.text)",
            at: version.range, label: "selects metric names and flags",
            notes: [.init("the image is named here", at: model.serving.image.range)],
            help: ["leave `version` out: it is then read from the tag"])
    }
    if let token = model.weights.tokenSecret {
        if case .huggingFace = model.weights.from.value {
        } else {
            report.warning(
                "unused-token", "`\(model.name.value)` does not load from Hugging Face, and its token is not used",
                at: token.range, label: "no effect",
                notes: [.init("its weights come from here", at: model.weights.from.range)])
        }
    }
    checkArguments(model, &report)
}

/// The spec's words for arguments of `vllm serve` that the plan decides.
private let ownedArguments: [(argument: String, owner: String)] = [
    ("--max-model-len", "`context`"), ("--tensor-parallel-size", "`gpu: {tensorParallel: …}`"),
    ("-tp", "`gpu: {tensorParallel: …}`"),
    ("--served-model-name", "the model's `name`"), ("--model", "`weights: {from: …}`"),
    ("--dtype", "`weights: {dtype: …}`"),
    ("--quantization", "`weights: {dtype: …}`"),
    ("--max-num-seqs", "the operating point, or `measured: {concurrency: …}`"),
    ("--gpu-memory-utilization", "the capacity model"), ("--port", "the Service"), ("--host", "the Service"),
    ("--shutdown-timeout", "the drain time"),
]

private func checkArguments(_ model: ModelSpec, _ report: inout Report) {
    for argument in model.serving.extraArgs {
        let flag = argument.value.prefix { $0 != "=" && $0 != " " }
        guard let owned = ownedArguments.first(where: { $0.argument == flag }) else { continue }
        report.error(
            "owned-argument", "`\(flag)` is set by Stowage", at: argument.range, label: "would stand there twice",
            help: ["it follows from \(owned.owner)"])
    }
}

private func refuse(
    _ version: Traced<Version>, outside range: ClosedRange<Version>, _ code: String, _ name: String,
    _ report: inout Report
) {
    let minor = Version(version.value.major, version.value.minor)
    guard !range.contains(minor) else { return }
    let bounds = "\(range.lowerBound.text) to \(range.upperBound.text)"
    report.error(
        code, "\(name) \(version.value.text) is not supported", at: version.range, label: "\(bounds) are",
        help: ["the emitted objects are checked against \(bounds) only"])
}

private func agree(_ tag: Version, _ version: Version) -> Bool {
    (tag.major, tag.minor) == (version.major, version.minor)
        && (tag.patch == nil || version.patch == nil || tag.patch == version.patch)
}
