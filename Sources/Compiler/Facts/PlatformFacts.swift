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
        .fact("namespace", "the namespace of the models that set none") { $0.namespace },
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
