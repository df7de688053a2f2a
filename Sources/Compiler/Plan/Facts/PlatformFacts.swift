/// What is installed, as the spec says.
let platformFacts = FactTable<PlatformSpec>(
    "platform", "what is installed in the cluster",
    [
        .fact("cluster", "the EKS cluster's name") { $0.cluster },
        .fact("region", "the AWS region") { $0.region },
        .fact("kubernetes", "the Kubernetes version") { $0.kubernetes },
        .fact("namespace", "the models' namespace") { $0.namespace },
        .fact("gpuNamespace", "the namespace of the GPU daemons") { $0.gpu.namespace },
        .fact("monitoringNamespace", "the namespace of rules and dashboards") { $0.monitoring.namespace },
        .fact("release", "the Helm release whose Prometheus selects our monitors and rules") { $0.monitoring.release },
        .fact("serverAddress", "where Prometheus answers queries") { $0.monitoring.serverAddress },
        .fact("draApiVersion", "the API version of claims on this Kubernetes") { platform in
            (claimAPI(platform) ?? Traced(.v1, .convention("no model claims devices"))).map {
                "resource.k8s.io/\($0.rawValue)"
            }
        },
        .fact("hasFlatClaims", "whether a request of that version holds its device without a word around it") {
            platform in
            (claimAPI(platform) ?? Traced(.v1, .convention("no model claims devices"))).map { $0 == .v1beta1 }
        },
    ])

/// A namespace to create.
struct NamespaceInPlan: Sendable {
    let name: Traced<String>
    /// The Pod Security level that its pods need.
    let podSecurity: Traced<String>
}

let namespaceFacts = FactTable<NamespaceInPlan>(
    "namespace", "a namespace to create",
    [
        .fact("name", "its name") { $0.name },
        .fact("podSecurity", "the Pod Security level that its pods need") { $0.podSecurity },
    ])

/// The namespaces to create, each once.
func namespaces(_ plan: Plan) -> [NamespaceInPlan] {
    let platform = plan.spec.platform
    guard platform.namespaces.value == .create else { return [] }
    let ownsDaemons = platform.gpu.stack.value == .none
    var result = [
        NamespaceInPlan(
            name: platform.namespace,
            podSecurity: Traced("baseline", .convention("serving pods need no privilege of the host")))
    ]
    if ownsDaemons, platform.gpu.namespace.value != platform.namespace.value {
        result.append(
            NamespaceInPlan(
                name: platform.gpu.namespace,
                podSecurity: Traced("privileged", .convention("GPU daemons mount the host's devices"))))
    }
    return result
}

/// A PriorityClass.
struct PriorityInPlan: Sendable {
    let priority: Traced<Priority>
    var threshold: Threshold {
        switch priority.value {
        case .critical: Thresholds.criticalPriority
        case .standard: Thresholds.standardPriority
        case .bestEffort: Thresholds.bestEffortPriority
        }
    }
}

let priorityFacts = FactTable<PriorityInPlan>(
    "priority", "a PriorityClass",
    [
        .fact("name", "its name") { $0.priority.map(Names.priorityClass) },
        .fact("value", "the higher, the later it is preempted") {
            Traced<Double>.threshold($0.threshold).map { Int($0) }
        },
        .fact("preemption", "whether its pods push out others") {
            $0.priority.map { $0 == .bestEffort ? "Never" : "PreemptLowerPriority" }
        },
        .fact("description", "what it is for") { $0.priority.map { "Models that the spec calls \($0.rawValue)" } },
    ])

/// The priorities that models use, each once, highest first.
func priorities(_ plan: Plan) -> [PriorityInPlan] {
    Priority.allCases.compactMap { priority in
        plan.models.first { $0.placement.spec.priority.value == priority }.map {
            PriorityInPlan(priority: $0.placement.spec.priority)
        }
    }
}

/// The most that the models' namespace may request: every model at its maximum.
func quota(_ plan: Plan) -> [(String, Traced<String>)] {
    var totals: [(resource: String, parts: [Ingredient], sum: Int)] = []
    func add(_ resource: String, _ amount: Traced<Int>, of owner: String) {
        let part = Ingredient("GPUs of \(owner)", .integer(amount.value), amount.origin)
        if let index = totals.firstIndex(where: { $0.resource == resource }) {
            totals[index].parts.append(part)
            totals[index].sum += amount.value
        } else {
            totals.append((resource, [part], amount.value))
        }
    }
    for model in plan.models {
        let placement = model.placement
        let gpus = derive(
            "maximum replicas × GPUs", ("maximum replicas", placement.maxReplicas), ("GPUs", placement.gpusPerReplica)
        ) { $0 * $1 }
        if let resource = planGPUResource(placement) { add("requests.\(resource)", gpus, of: model.name) }
        guard placement.usesDRA, !placement.sharesClaim else { continue }
        // The scheduler makes a claim of an extended resource, too. Any of the alternatives may be taken.
        for shape in [placement.shape] + placement.alternatives {
            add(quotaOfDevices(deviceClassName(shape.accelerator.gpu, placement.layout)), gpus, of: model.name)
        }
    }
    for headroom in plan.headrooms where !headroom.isBuffer {
        let placement = headroom.deployment.model
        let kept = derive("replicas × GPUs", ("headroom", headroom.replicas), ("GPUs", placement.gpusPerReplica)) {
            $0 * $1
        }
        add("requests.\(placement.layout.resource)", kept, of: headroom.name.value)
    }
    for claim in plan.claims where claim.isShared {
        for choice in claim.choices {
            add(quotaOfDevices(choice.deviceClass.value), choice.count, of: claim.name.value)
        }
    }
    return totals.map {
        ($0.resource, Traced("\($0.sum)", .derived(Derivation("Σ maximum replicas × GPUs", $0.parts))))
    }
}

/// The resource under which a quota counts the devices of a class.
private func quotaOfDevices(_ deviceClass: String) -> String { "\(deviceClass).deviceclass.resource.k8s.io/devices" }

/// Where the tree is synced from.
struct GitOpsInPlan: Sendable {
    let spec: GitOpsSpec
    let plan: Plan

    /// What a revision names.
    enum Reference { case branch, tag, commit }

    /// Flux asks which of them a revision is: forty hexadecimal digits are a commit, and what reads like a version is a tag.
    var reference: Reference {
        let text = spec.revision.value
        if text.utf8.count == 40, text.allSatisfy(\.isHexDigit) { return .commit }
        let version = text.hasPrefix("v") ? text.dropFirst() : text[...]
        return version.first?.isNumber == true && version.contains(".") ? .tag : .branch
    }

    /// Over SSH Flux reads nothing without a key.
    var secret: Traced<String>? { fluxSecret(spec, plan.spec.name) }
}

/// The Secret with which Flux reads a repository over SSH.
func fluxSecret(_ gitops: GitOpsSpec, _ cluster: Traced<String>) -> Traced<String>? {
    gitops.repository.value.hasPrefix("ssh://") ? cluster.map { "stowage-\($0)-git" } : nil
}

let gitopsFacts = FactTable<GitOpsInPlan>(
    "gitops", "where the tree is synced from",
    [
        .fact("repository", "the Git repository") { $0.spec.repository },
        .fact("path", "the folder of this cluster in it") { $0.spec.path },
        .fact("revision", "the branch, tag or commit") { $0.spec.revision },
        .maybe("branch", "the branch, if the revision is one") { $0.reference == .branch ? $0.spec.revision : nil },
        .maybe("tag", "the tag, if the revision is a version") { $0.reference == .tag ? $0.spec.revision : nil },
        .maybe("commit", "the commit, if the revision is one") { $0.reference == .commit ? $0.spec.revision : nil },
        .maybe("secret", "the Secret with the key, where the repository is read over SSH") { $0.secret },
        .list("autoscaled", "the Deployments whose replicas an autoscaler owns") { gitops in
            gitops.plan.models.flatMap(\.deployments).filter { $0.scaler != nil }.map(\.name)
        },
        .nouns("folders", "the folders of the tree, for one Flux Kustomization each", fluxFolderFacts) {
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
        .fact("path", "where it lies in the repository") { $0.path },
        .list("dependsOn", "the Kustomizations that come first") { $0.dependsOn },
    ])

/// The folders in the order in which they need each other: platform, nodes, daemons and claims, then each model by itself.
private func fluxFolders(_ gitops: GitOpsInPlan) -> [FluxFolder] {
    let (spec, plan) = (gitops.spec, gitops.plan)
    func name(_ folder: String) -> Traced<String> { plan.spec.name.map { "\($0)-\(folder)" } }
    func folder(_ folder: String, named short: String, after: [String]) -> FluxFolder {
        FluxFolder(name: name(short), path: spec.path.map { "./\($0)/\(folder)" }, dependsOn: after.map(name))
    }
    var folders = [
        folder("platform", named: "platform", after: []), folder("karpenter", named: "karpenter", after: ["platform"]),
    ]
    if plan.spec.platform.gpu.stack.value == .none { folders.append(folder("gpu", named: "gpu", after: ["karpenter"])) }
    if !plan.deviceClasses.isEmpty { folders.append(folder("dra", named: "dra", after: ["platform"])) }
    let before = folders.map(\.name.value).map { String($0.dropFirst(plan.spec.name.value.count + 1)) }
    folders.append(folder("monitoring", named: "monitoring", after: ["platform"]))
    return folders + plan.models.map { folder("models/\($0.name)", named: $0.name, after: before) }
}
