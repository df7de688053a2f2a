import Diagnostics
import Groundwork
import YAML

/// Checks places, roles and namespaces of the platform.
func checkPlatform(_ platform: PlatformSpec, _ report: inout Report) {
    for zone in platform.zones where !zone.value.hasPrefix(platform.region.value) {
        report.error(
            "foreign-zone", "`\(zone.value)` is not in `\(platform.region.value)`", at: zone.range,
            notes: regionNote(platform))
    }
    reportRepeated(platform.zones.map { ($0.value, $0.range) }, "the zone", &report)
    if let role = platform.role, let profile = platform.instanceProfile {
        report.error(
            "role-and-instance-profile", "the nodes have both a role and an instance profile", at: profile.range,
            label: "the second identity", notes: [.init("the role is named here", at: role.range)],
            help: [
                Help(
                    "keep one: from a role Karpenter makes the instance profile itself", .removing(role.range),
                    .removing(profile.range))
            ])
    }
    checkStack(platform, &report)
    guard platform.namespaces.value == .create else { return }
    for namespace in [platform.namespace, platform.gpu.namespace] where isKubernetesOwn(namespace.value) {
        report.error(
            "foreign-namespace", "`\(namespace.value)` belongs to Kubernetes, and the tree would own it",
            at: namespace.range,
            label: "pruned with the tree, and all that is in it",
            help: [
                Help(
                    "name one of your own, or set `namespaces: existing`",
                    platform.setting("namespaces", to: "existing"))
            ])
    }
}

func regionNote(_ platform: PlatformSpec) -> [Diagnostic.Note] {
    guard let range = platform.region.range else {
        return [.init("the region is `\(platform.region.value)`, by default")]
    }
    return [.init("the region is given here", at: range)]
}

private func isKubernetesOwn(_ namespace: String) -> Bool { namespace == "default" || namespace.hasPrefix("kube-") }

/// Checks what EKS Auto Mode does not let anyone choose.
private func checkStack(_ platform: PlatformSpec, _ report: inout Report) {
    let gpu = platform.gpu
    guard gpu.stack.value == .autoMode else { return }
    let note = Diagnostic.Note("the stack is chosen here", at: gpu.stack.range)
    if let ami = gpu.ami.range {
        report.error(
            "ami-with-auto-mode", "EKS Auto Mode picks the AMI itself", at: ami, label: "no effect", notes: [note],
            help: [Help("remove `ami`", .removing(ami))])
    }
    for gate in platform.karpenter.featureGates {
        report.error(
            "gate-with-auto-mode", "nobody can turn on gates of the Karpenter in EKS Auto Mode", at: gate.range,
            notes: [note],
            help: [
                Help(
                    "remove `featureGates`, or run Karpenter yourself", .removing(listOf: gate.range))
            ])
    }
    if let driver = gpu.draDriver {
        report.error(
            "driver-with-auto-mode", "EKS Auto Mode does not support dynamic resource allocation", at: driver.range,
            notes: [note], help: [Help("remove `draDriver`", .removing(driver.range))])
    }
}

/// Checks that the GitOps engine can read the repository.
func checkGitOps(_ spec: ClusterSpec, _ report: inout Report) {
    guard let gitops = spec.gitops, gitops.engine.value == .flux else { return }
    let argo = [("destination", gitops.destination?.range), ("project", gitops.project.range)]
    for (key, range) in argo where range != nil {
        report.error(
            "argocd-setting-for-flux", "`\(key)` means nothing to Flux", at: range, label: "Argo CD alone reads it",
            help: [Help("Flux runs in the cluster that it syncs: remove `\(key)`", .removing(range))])
    }
    let repository = gitops.repository.value
    guard !repository.contains("://"), let colon = repository.firstIndex(of: ":") else { return }
    let url = "ssh://\(repository[..<colon])/\(repository[repository.index(after: colon)...])"
    report.error(
        "scp-style-repository", "Flux does not read `\(repository)`", at: gitops.repository.range,
        label: "it wants a URL with a scheme",
        help: [Help("write `\(url)`", replacing: gitops.repository.range, by: [url])])
}

/// Reports what a list names twice.
func reportRepeated(_ words: [(word: String, range: SourceRange?)], _ kind: String, _ report: inout Report) {
    for (index, item) in words.enumerated() {
        guard let first = words[..<index].first(where: { $0.word == item.word }) else { continue }
        report.error(
            "repeated-item", "\(kind) `\(item.word)` is named twice", at: item.range, label: "again",
            notes: [.init("first here", at: first.range)])
    }
}
