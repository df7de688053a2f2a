import Diagnostics
import Groundwork

/// The names that Stowage itself gives to volumes, and where it mounts them.
private let ownVolumes = ["shared-memory", "cache", "temporary", "weights"]
private let ownPaths = ["/dev/shm", "/cache", "/models"]
/// The variables that Stowage itself sets.
private let ownVariables = ["HF_HOME", "VLLM_CACHE_ROOT", "VLLM_NO_USAGE_STATS"]

/// Checks variables and volumes of a model's pods against those that Stowage sets.
func checkPods(_ model: ModelSpec, _ report: inout Report) {
    let pod = model.serving.pod
    checkVariables(model, &report)
    for source in pod.environmentFrom { checkOneSource([source.secret, source.configMap], source.range, &report) }
    for volume in pod.volumes {
        checkOneSource([volume.secret, volume.configMap, volume.claim], volume.range, &report)
        if ownVolumes.contains(volume.name.value) {
            report.error(
                "reserved-volume", "the volume name `\(volume.name.value)` is used by Stowage", at: volume.name.range,
                label: "reserved", help: ["use another name"])
        }
        if volume.mountPath.value == "/tmp" {
            report.error(
                "reserved-mount-path", "`/tmp` is a volume that Stowage mounts", at: volume.mountPath.range,
                label: "already mounted", help: ["use another path, which may be a folder in it"])
        } else if let taken = ownPaths.first(where: {
            $0 == volume.mountPath.value || volume.mountPath.value.hasPrefix("\($0)/")
        }) {
            report.error(
                "reserved-mount-path", "`\(volume.mountPath.value)` is in `\(taken)`, which Stowage mounts",
                at: volume.mountPath.range, label: "already mounted", help: ["use another path"])
        }
        if let key = volume.subPath, key.value.hasPrefix("/") || key.value.split(separator: "/").contains("..") {
            report.error(
                "malformed-path", "`subPath` is `\(key.value)`, which is not a path within the volume", at: key.range,
                help: ["write a relative path without `..`"])
        }
    }
    reportRepeated(pod.volumes.map { ($0.name.value, $0.name.range) }, "the volume", &report)
    reportRepeated(pod.volumes.map { ($0.mountPath.value, $0.mountPath.range) }, "the path", &report)
}

private func checkVariables(_ model: ModelSpec, _ report: inout Report) {
    for (name, value) in model.serving.pod.environment {
        if ownVariables.contains(name.value) || (name.value == "HOME" && !model.serving.isRoot)
            || (name.value == "HF_TOKEN" && model.weights.tokenSecret != nil)
            || (name.value == "VLLM_API_KEY" && model.serving.apiKeySecret != nil)
        {
            report.error(
                "reserved-variable", "`\(name.value)` is a variable that Stowage sets", at: name.range,
                label: "reserved",
                help: [Help("remove it", .removing(value.range))])
        }
        guard case .text(let text) = value.value, !text.isEmpty, looksSecret(name.value) else { continue }
        report.warning(
            "credential-in-spec",
            "the value of `\(name.value)` is in the spec, and will be in Git and in the manifests",
            at: value.range, label: "readable by everyone who can read the repository",
            help: ["put it into a Secret, and write `\(name.value): {secret: NAME, key: KEY}`"])
    }
}

/// Whether a variable's name is that of a credential.
private func looksSecret(_ name: String) -> Bool {
    let words = name.uppercased().split(separator: "_")
    return words.contains { ["TOKEN", "PASSWORD", "PASSWD", "SECRET", "CREDENTIALS"].contains($0) }
        || name.uppercased().hasSuffix("API_KEY") || name.uppercased().hasSuffix("ACCESS_KEY")
}

/// Reports a reference to none or several of a Secret, a ConfigMap and a claim.
private func checkOneSource(_ sources: [Traced<String>?], _ range: SourceRange, _ report: inout Report) {
    let set = sources.compactMap { $0 }
    if set.count == 1 { return }
    let kinds = sources.count == 2 ? ["secret", "configMap"] : ["secret", "configMap", "claim"]
    report.error(
        "ambiguous-source", "exactly one of \(enumerated(kinds)) must be set",
        at: set.dropFirst().first?.range ?? range,
        label: set.isEmpty ? "none of them is set" : "the second of them")
}
