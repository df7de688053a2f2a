import Groundwork
import Planning

/// The installed platform, as in the spec.
let platformFacts = FactTable<PlatformSpec>(
    "platform", "the installed platform",
    [
        .fact("cluster", "the name of the EKS cluster") { $0.cluster },
        .fact("region", "the AWS region") { $0.region },
        .fact("kubernetes", "the Kubernetes version") { $0.kubernetes },
        .fact("karpenter", "the Karpenter version") { $0.karpenter.version },
        .maybe("keda", "the KEDA version, if KEDA is installed") { $0.autoscaler.keda },
        .fact("namespace", "the namespace of the models") { $0.namespace },
        .fact("gpuNamespace", "the namespace of the GPU daemons") { $0.gpu.namespace },
        .fact("monitoringNamespace", "the namespace of rules and dashboards") { $0.monitoring.namespace },
        .fact("release", "the Helm release whose Prometheus selects the monitors and rules") { $0.monitoring.release },
        .fact("hasOperator", "whether Prometheus Operator reads monitors and rules") { $0.monitoring.hasOperator },
        .fact("serverAddress", "the address of Prometheus") { $0.monitoring.serverAddress },
        .fact("draApiVersion", "the API version of claims in this Kubernetes version") {
            claimVersion($0).map { "resource.k8s.io/\($0.rawValue)" }
        },
        .fact("hasFlatClaims", "whether requests in that version have no `exactly`") {
            let version = claimVersion($0)
            return Traced(
                version.value == .v1beta1, because: "v1beta1 has no `exactly` in a request",
                Ingredient("API version", version))
        },
    ])

/// The API version of claims.
private func claimVersion(_ platform: PlatformSpec) -> Traced<ClaimAPI> {
    claimAPI(platform) ?? Traced(.v1, .convention("no model claims devices"))
}

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
    let ownsDaemons = platform.gpu.stack.value == .none && !plan.ownPools.isEmpty
    var result = [
        NamespaceInPlan(
            name: platform.namespace,
            podSecurity: Traced("baseline", .convention("serving pods need no host privileges")))
    ]
    if ownsDaemons, platform.gpu.namespace.value != platform.namespace.value {
        result.append(
            NamespaceInPlan(
                name: platform.gpu.namespace,
                podSecurity: Traced("privileged", .convention("GPU daemons mount host devices"))))
    }
    return result
}

/// A PriorityClass.
struct PriorityInPlan: Sendable {
    let priority: Traced<Priority>
    var threshold: Parameter {
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
        .fact("value", "the priority value; lower values are preempted first") {
            Traced<Int>($0.threshold.reasoned)
        },
        .fact("preemption", "whether its pods preempt others: Never or PreemptLowerPriority") {
            Traced(
                $0.priority.value == .bestEffort ? "Never" : "PreemptLowerPriority",
                because: "pods of every priority except best-effort preempt others",
                Ingredient("priority", $0.priority))
        },
        .fact("description", "what it is for") {
            $0.priority.map { "Models with priority \($0.rawValue) in the spec" }
        },
    ])

/// The priorities that models use, each once, highest first.
func priorities(_ plan: Plan) -> [PriorityInPlan] {
    Priority.allCases.compactMap { priority in
        plan.models.first { $0.placement.spec.priority.value == priority }.map {
            PriorityInPlan(priority: $0.placement.spec.priority)
        }
    }
}

/// The quota of the models' namespace: every model at its maximum.
func quota(_ plan: Plan) -> [(String, Traced<String>)] {
    var totals: [(resource: String, parts: [Reasoned])] = []
    func add(_ resource: String, _ amount: Reasoned) {
        if let index = totals.firstIndex(where: { $0.resource == resource }) {
            totals[index].parts.append(amount)
        } else {
            totals.append((resource, [amount]))
        }
    }
    for model in plan.models {
        let placement = model.placement
        let gpus = gpus(
            placement.maxReplicas.named("maximum replicas of \(model.name)", "replicas"), of: placement,
            "GPUs of \(model.name)")
        if let resource = planGPUResource(placement) { add("requests.\(resource)", gpus) }
        guard placement.usesDRA, !placement.sharesClaim else { continue }
        // The scheduler creates a claim for an extended resource too. Any of the alternatives may be allocated.
        for candidate in [placement.candidate] + placement.choice.alternatives {
            add(quotaOfDevices(deviceClassName(candidate.accelerator.gpu, placement.nodes.layout)), gpus)
        }
    }
    for headroom in plan.headrooms where !headroom.isBuffer {
        let (placement, name) = (headroom.deployment.model, headroom.name.value)
        let replicas = headroom.replicas.named("replicas of \(name)", "replicas")
        add("requests.\(placement.nodes.layout.resource)", gpus(replicas, of: placement, "GPUs of \(name)"))
    }
    for claim in plan.claims where claim.isShared {
        for choice in claim.choices {
            add(quotaOfDevices(choice.deviceClass.value), choice.count.named("GPUs of \(claim.name.value)", "GPUs"))
        }
    }
    return totals.map { resource, parts in
        let most: ReasonedText = "\(Reasoned.sum(parts).named("maximum GPUs", "GPUs"))"
        return (resource, most.because("all models at their maximum replicas"))
    }
}

/// The GPUs of a number of replicas of a model.
private func gpus(_ replicas: Reasoned, of model: Placement, _ name: String) -> Reasoned {
    (replicas * model.gpusPerReplica.named("GPUs of a replica of \(model.name)", "GPUs")).named(name, "GPUs")
}

/// The resource name by which a quota counts the devices of a class.
private func quotaOfDevices(_ deviceClass: String) -> String { "\(deviceClass).deviceclass.resource.k8s.io/devices" }
