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
            platform.kubernetes.map { $0.isAtLeast(1, 34) ? "resource.k8s.io/v1" : "resource.k8s.io/v1beta1" }
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
    for model in plan.models {
        let placement = model.placement
        let resource =
            placement.usesDRA
            ? "\(deviceClassName(placement.shape.accelerator.gpu)).deviceclass.resource.k8s.io/devices"
            : "requests.\(placement.layout.resource)"
        let gpus = derive(
            "maximum replicas × GPUs", ("maximum replicas", placement.maxReplicas), ("GPUs", placement.gpusPerReplica)
        ) { $0 * $1 }
        let part = Ingredient("GPUs of \(model.name)", .integer(gpus.value), gpus.origin)
        if let index = totals.firstIndex(where: { $0.resource == resource }) {
            totals[index].parts.append(part)
            totals[index].sum += gpus.value
        } else {
            totals.append((resource, [part], gpus.value))
        }
    }
    return totals.map {
        ($0.resource, Traced("\($0.sum)", .derived(Derivation("Σ maximum replicas × GPUs", $0.parts))))
    }
}
