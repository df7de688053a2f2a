import Groundwork
import Planning

/// The source that the tree is synced from.
struct GitOpsInPlan: Sendable {
    let spec: GitOpsSpec
    let plan: Plan

    /// The kind of a revision.
    enum Reference { case branch, tag, commit }

    /// The kind of the revision, which Flux requires: 40 hexadecimal digits are a commit, and a version is a tag.
    var reference: Reference {
        let text = spec.revision.value
        if text.utf8.count == 40, text.allSatisfy(\.isHexDigit) { return .commit }
        let version = text.hasPrefix("v") ? text.dropFirst() : text[...]
        return version.first?.isNumber == true && version.contains(".") ? .tag : .branch
    }

    /// The sync timeout: a Deployment is healthy only after its model has started.
    var timeout: Traced<String> {
        let start = plan.money.slowestColdStart.named("slowest cold start", "s") / .constant(60, "s/min")
        let patience = (Thresholds.startupPatience.reasoned * start).roundedUp
        let timeout = Reasoned.maximum(Thresholds.syncTimeout.reasoned, patience).named("timeout", "min")
        let text: ReasonedText = "\(timeout)m"
        return text.because("models have to start before a Deployment is healthy")
    }

    /// The Secret with the SSH key, which Flux needs for a repository over SSH.
    var secret: Traced<String>? { fluxSecret(spec, plan.spec.name) }
}

let gitopsFacts = FactTable<GitOpsInPlan>(
    "gitops", "the source that the tree is synced from",
    [
        .fact("repository", "the Git repository") { $0.spec.repository },
        .fact("path", "the folder of this cluster in the repository") { $0.spec.path },
        .fact("revision", "the branch, tag or commit") { $0.spec.revision },
        .fact("project", "the Argo CD project") { $0.spec.project },
        .maybe("destination", "the name of the cluster in Argo CD, if it is not the one Argo CD runs in") {
            $0.spec.destination
        },
        .maybe("server", "the API server address of the cluster that Argo CD runs in, if the spec names no other") {
            $0.spec.destination == nil ? ownServer : nil
        },
        .fact("siblings", "the path pattern of the Applications of all clusters whose trees are beside this one") {
            gitops in
            gitops.spec.path.map { path in
                (folder(of: path).isEmpty ? "" : folder(of: path) + "/") + "*/gitops/application.yaml"
            }
        },
        .fact("unsynced", "the pattern of the files that Argo CD does not apply") { gitops in
            gitops.plan.spec.platform.monitoring.hasOperator.map { hasOperator in
                "{*kustomization.yaml,gitops/*,helm/*,eksctl/*\(hasOperator ? "" : ",prometheus/*")}"
            }
        },
        .record("waves", "the sync waves of Argo CD", waveFacts) { _ in SyncWave.self },
        .record("options", "the sync options of Argo CD for single objects", syncOptionFacts) { _ in SyncOption.self },
        .fact("unpruned", "the value that keeps Flux from pruning an object") { _ in unpruned },
        .maybe("branch", "the branch, if the revision is one") { $0.reference == .branch ? $0.spec.revision : nil },
        .maybe("tag", "the tag, if the revision is a version") { $0.reference == .tag ? $0.spec.revision : nil },
        .maybe("commit", "the commit, if the revision is one") { $0.reference == .commit ? $0.spec.revision : nil },
        .maybe("secret", "the Secret with the key, if the repository is read over SSH") { $0.secret },
        .fact("timeout", "how long Flux waits for applied objects to become healthy, for example `15m`") { $0.timeout },
        .records("autoscaled", "the Deployments whose replicas an autoscaler owns", deploymentFacts) { gitops in
            deployments(of: gitops.plan) { $0.workload == nil }.filter { $0.deployment.scaler != nil }
        },
        .records("folders", "the folders of the tree, one for each Flux Kustomization", fluxFolderFacts) {
            fluxFolders($0)
        },
    ])

func gitops(_ plan: Plan, _ engine: GitOpsEngine) -> GitOpsInPlan? {
    plan.spec.gitops.flatMap { $0.engine.value == engine ? GitOpsInPlan(spec: $0, plan: plan) : nil }
}

/// A folder of the tree as Flux syncs it.
struct FluxFolder: Sendable {
    let name: Traced<String>
    let path: Traced<String>
    let dependsOn: [Traced<String>]
}

let fluxFolderFacts = FactTable<FluxFolder>(
    "fluxFolder", "a folder of the tree as Flux syncs it",
    [
        .fact("name", "the name of its Kustomization") { $0.name },
        .fact("path", "its path in the repository") { $0.path },
        .list("dependsOn", "the Kustomizations that it depends on") { $0.dependsOn },
    ])

/// The folders in order of dependency: platform, nodes, daemons and claims, then each model separately.
private func fluxFolders(_ gitops: GitOpsInPlan) -> [FluxFolder] {
    let (spec, plan) = (gitops.spec, gitops.plan)
    func name(_ folder: String) -> Traced<String> { plan.spec.name.map { "\($0)-\(folder)" } }
    func folder(_ folder: String, named short: String, after: [String]) -> FluxFolder {
        FluxFolder(name: name(short), path: spec.path.map { "./\($0)/\(folder)" }, dependsOn: after.map(name))
    }
    let nodes = plan.nodePools.isEmpty ? "platform" : "karpenter"
    var folders = [folder("platform", named: "platform", after: [])]
    if nodes == "karpenter" { folders.append(folder("karpenter", named: "karpenter", after: ["platform"])) }
    if plan.spec.platform.gpu.stack.value == .none { folders.append(folder("gpu", named: "gpu", after: [nodes])) }
    if !plan.deviceClasses.isEmpty { folders.append(folder("dra", named: "dra", after: ["platform"])) }
    let before = folders.map(\.name.value).map { String($0.dropFirst(plan.spec.name.value.count + 1)) }
    folders.append(folder("monitoring", named: "monitoring", after: ["platform"]))
    return folders + plan.models.map { folder("models/\($0.name)", named: $0.name, after: before) }
}

/// The in-cluster address of the API server.
private let ownServer = Traced(
    "https://kubernetes.default.svc", .convention("the cluster that Argo CD runs in, since the spec names no other"))

/// The annotation value against pruning: deleting nodes or namespaces stops running models.
private let unpruned = Traced(
    "disabled", .convention("deleting nodes or namespaces stops running models: delete them by hand"))
