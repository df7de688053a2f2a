import Groundwork
import Planning

/// A namespace to create.
struct NamespaceInPlan: Sendable {
    let name: Traced<String>
    /// The Pod Security level that its pods need.
    let podSecurity: Traced<String>
    /// What the models in it may use at most; empty without models.
    var quota: [(String, Traced<String>)] = []
}

let namespaceFacts = FactTable<NamespaceInPlan>(
    "namespace", "a namespace to create",
    [
        .fact("name", "its name") { $0.name },
        .fact("podSecurity", "the Pod Security level that its pods need") { $0.podSecurity },
        .mapping("quota", "what the models in it may use at most; empty without models") { $0.quota },
    ])

/// The namespaces to create, each once: those of the models, and that of the GPU daemons.
func namespaces(_ plan: Plan) -> [NamespaceInPlan] {
    let platform = plan.spec.platform
    guard platform.namespaces.value == .create else { return [] }
    let daemons = platform.gpu.stack.value == .none && !plan.ownPools.isEmpty ? platform.gpu.namespace : nil
    var result = modelNamespaces(plan)
    if let daemons, !result.contains(where: { $0.name.value == daemons.value }) {
        result.append(
            NamespaceInPlan(
                name: daemons, podSecurity: Traced("privileged", .convention("GPU daemons mount host devices"))))
    }
    return result
}

/// The namespaces of models to create, each once; one with an existing workload exists, with other pods in it.
func modelNamespaces(_ plan: Plan) -> [NamespaceInPlan] {
    guard plan.spec.platform.namespaces.value == .create else { return [] }
    let foreign = Set(plan.models.map(\.placement).filter { $0.workload != nil }.map(\.namespace))
    return namespaces(of: plan.models.map(\.placement)).filter { !foreign.contains($0.value) }.map { name in
        NamespaceInPlan(
            name: name, podSecurity: podSecurity(name.value, plan),
            quota: quota(name.value, plan))
    }
}

/// The namespaces whose pods may reach the models: those of the spec, and that of Prometheus; empty for all.
func clientNamespaces(_ plan: Plan) -> [Traced<String>] {
    let (clients, monitoring) = (plan.spec.platform.clientNamespaces, plan.spec.platform.monitoring.namespace)
    guard !clients.isEmpty, !clients.contains(where: { $0.value == monitoring.value }) else { return clients }
    return clients + [
        Traced(monitoring.value, because: "Prometheus scrapes the models", Ingredient("namespace", monitoring))
    ]
}

/// The strictest Pod Security level that all pods in a namespace of models meet.
private func podSecurity(_ namespace: String, _ plan: Plan) -> Traced<String> {
    let platform = plan.spec.platform
    if platform.gpu.stack.value == .none, !plan.ownPools.isEmpty, platform.gpu.namespace.value == namespace {
        return Traced(
            "privileged", because: "the GPU DaemonSets run in it", Ingredient("namespace", platform.gpu.namespace))
    }
    if let level = platform.podSecurity { return level.map(\.rawValue) }
    let models = plan.models.filter { $0.placement.namespace == namespace }
    if let model = models.first(where: { planUser($0.placement).isRoot.value }) {
        return Traced(
            "baseline", because: "a model in it runs as root",
            Ingredient("root of \(model.name)", planUser(model.placement).isRoot))
    }
    return Traced("restricted", .convention("the pods in it need no privilege, and do not run as root"))
}

/// The quota of a namespace of models: every model in it at its maximum.
private func quota(_ namespace: String, _ plan: Plan) -> [(String, Traced<String>)] {
    var totals: [(resource: String, parts: [Reasoned])] = []
    func add(_ resource: String, _ amount: Reasoned) {
        if let index = totals.firstIndex(where: { $0.resource == resource }) {
            totals[index].parts.append(amount)
        } else {
            totals.append((resource, [amount]))
        }
    }
    for model in plan.models where model.placement.namespace == namespace {
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
    for headroom in plan.headrooms where !headroom.isBuffer && headroom.deployment.model.namespace == namespace {
        let (placement, name) = (headroom.deployment.model, headroom.name.value)
        let replicas = headroom.replicas.named("replicas of \(name)", "replicas")
        add("requests.\(placement.nodes.layout.resource)", gpus(replicas, of: placement, "GPUs of \(name)"))
    }
    for claim in plan.claims where claim.isShared && claim.models[0].namespace == namespace {
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
