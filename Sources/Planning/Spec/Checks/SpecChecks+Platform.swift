import Diagnostics
import Groundwork
import YAML

/// Checks zones, roles and namespaces of the platform.
func checkPlatform(_ spec: ClusterSpec, _ report: inout Report) {
    let platform = spec.platform
    for zone in platform.zones where !zone.value.hasPrefix(platform.region.value) {
        report.error(
            "zone-in-another-region", "`\(zone.value)` is not in `\(platform.region.value)`", at: zone.range,
            notes: regionNote(platform))
    }
    reportRepeated(platform.zones.map { ($0.value, $0.range) }, "the zone", &report)
    if let role = platform.role, let profile = platform.instanceProfile {
        report.error(
            "role-and-instance-profile", "`role` and `instanceProfile` are both set", at: profile.range,
            label: "conflicts with `role`", notes: [.init("the role is set here", at: role.range)],
            help: [
                Help(
                    "keep one: Karpenter creates the instance profile of a role itself", .removing(role.range),
                    .removing(profile.range))
            ])
    }
    checkStack(platform, &report)
    checkClients(platform, &report)
    guard platform.namespaces.value == .create else { return }
    let namespaces = [platform.namespace, platform.gpu.namespace] + spec.models.map(\.namespace)
    for namespace in namespaces where isKubernetesOwn(namespace.value) {
        report.error(
            "namespace-of-kubernetes",
            "`\(namespace.value)` is a namespace of Kubernetes, and the generated manifests would own it",
            at: namespace.range,
            label: "pruning the manifests would delete it and everything in it",
            help: [
                Help(
                    "set another namespace, or set `namespaces: existing`",
                    platform.setting("namespaces", to: "existing"))
            ])
    }
}

/// Reports clients that are listed twice, or for which no NetworkPolicy is generated.
private func checkClients(_ platform: PlatformSpec, _ report: inout Report) {
    let clients = platform.clientNamespaces
    reportRepeated(clients.map { ($0.value, $0.range) }, "the namespace", &report)
    guard platform.namespaces.value == .existing, let first = clients.first else { return }
    report.warning(
        "network-policy-not-generated", "`clientNamespaces` does not limit who reaches the models", at: first.range,
        label: "no NetworkPolicy is generated for namespaces that exist",
        notes: [.init("the namespaces exist already", at: platform.namespaces.range)],
        help: [
            Help(
                "remove `clientNamespaces`, and set NetworkPolicies where the namespaces are created",
                .removing(listOf: first.range))
        ])
}

func regionNote(_ platform: PlatformSpec) -> [Diagnostic.Note] {
    guard let range = platform.region.range else {
        return [.init("the region is `\(platform.region.value)` by default")]
    }
    return [.init("the region is set here", at: range)]
}

private func isKubernetesOwn(_ namespace: String) -> Bool { namespace == "default" || namespace.hasPrefix("kube-") }

/// Checks what cannot be configured in EKS Auto Mode.
private func checkStack(_ platform: PlatformSpec, _ report: inout Report) {
    let gpu = platform.gpu
    guard gpu.stack.value == .autoMode else { return }
    let note = Diagnostic.Note("the stack is set here", at: gpu.stack.range)
    if let ami = gpu.ami.range {
        report.error(
            "ami-with-auto-mode", "EKS Auto Mode selects the AMI itself", at: ami, label: "no effect", notes: [note],
            help: [Help("remove `ami`", .removing(ami))])
    }
    for gate in platform.karpenter.featureGates {
        report.error(
            "feature-gate-with-auto-mode", "the feature gates of Karpenter cannot be set in EKS Auto Mode",
            at: gate.range,
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
            "argocd-setting-for-flux", "Flux has no setting `\(key)`", at: range, label: "used by Argo CD only",
            help: [Help("remove `\(key)`: Flux runs in the cluster that it syncs", .removing(range))])
    }
    let repository = gitops.repository.value
    guard !repository.contains("://"), let colon = repository.firstIndex(of: ":") else { return }
    let url = "ssh://\(repository[..<colon])/\(repository[repository.index(after: colon)...])"
    report.error(
        "scp-style-repository", "Flux does not support the repository address `\(repository)`",
        at: gitops.repository.range,
        label: "must be a URL with a scheme",
        help: [Help("write `\(url)`", replacing: gitops.repository.range, by: [url])])
}

/// Reports duplicates in a list.
func reportRepeated(_ words: [(word: String, range: SourceRange?)], _ kind: String, _ report: inout Report) {
    for (index, item) in words.enumerated() {
        guard let first = words[..<index].first(where: { $0.word == item.word }) else { continue }
        report.error(
            "repeated-item", "\(kind) `\(item.word)` is listed twice", at: item.range, label: "duplicate",
            notes: [.init("it is first listed here", at: first.range)])
    }
}
