import Groundwork
import Planning

/// A model with its plan; a class, because it has many records and its parts are large.
final class ModelInPlan: Sendable {
    let model: ModelPlan
    let plan: Plan

    init(model: ModelPlan, plan: Plan) {
        self.model = model
        self.plan = plan
    }

    var placement: Placement { model.placement }
}

/// A model.
let modelFacts = FactTable<ModelInPlan>(
    "model", "a model",
    [
        .fact("name", "its name, which is also the model name that it serves") { $0.placement.spec.name },
        .fact("source", "the source of its weights") { $0.placement.spec.source },
        .fact("namespace", "the namespace of its objects") { $0.placement.spec.namespace },
        .mapping("selector", "the labels that select its pods") { model in
            guard let workload = model.placement.workload else {
                return [(Names.modelLabel, model.placement.spec.name)]
            }
            return workload.labels.map { ($0.key.value, $0.value) }
        },
        .maybe("workload", "the existing workload that serves it, if there is one") {
            $0.placement.workload?.name
        },
        .fact("service", "the name of its Service") { service($0.placement) },
        .maybe("portName", "the name of the port with the metrics of that workload, if it is not a number") {
            $0.placement.workload.flatMap { $0.hasPortNumber ? nil : $0.port }
        },
        .maybe("portNumber", "its number, if it is one") { model in
            model.placement.workload.flatMap { workload in workload.port.compactMap { Int($0) } }
        },
        .maybe("team", "the team that it belongs to, if it belongs to one") { $0.placement.spec.team },
        .fact("task", "what it does with its input: generate, embed or rerank") { $0.placement.spec.task },
        .maybe("otherTask", "the same, if it does not generate text") { model in
            model.placement.spec.task.value.generates ? nil : model.placement.spec.task
        },
        .fact("class", "the workload class: realtime, interactive or batch") { $0.placement.spec.workloadClass },
        .fact("priority", "critical, standard or best-effort") { $0.placement.spec.priority },
        .fact("priorityClass", "the name of its PriorityClass") { $0.placement.spec.priority.map(Names.priorityClass) },
        .mapping("labels", "the labels that the spec puts on its objects and pods") {
            labels($0.placement.spec.metadata)
        },
        .mapping("annotations", "the annotations that the spec puts on its objects and pods") {
            annotations($0.placement.spec.metadata)
        },
        .maybe("roleArn", "the IAM role of its pods") { $0.placement.spec.roleArn },
        .maybe("serviceAccount", "its ServiceAccount, if it has one of its own") {
            $0.placement.spec.serviceAccountName
        },
        .fact("instanceType", "the instance type that it was sized for") {
            typeName($0.placement.candidate.type, [$0.placement])
        },
        .fact("gpu", "the GPU product") {
            Traced(
                $0.placement.candidate.accelerator.gpu.id, .catalog($0.placement.candidate.accelerator.gpu.reference))
        },
        .fact("replicasPerNode", "the number of replicas on a node") {
            $0.placement.nodes.perNode
        },
        .fact("format", "the dtype of its weights") { $0.placement.candidate.workload.dtype },
        .records("alternatives", "the candidates that were not chosen", alternativeFacts) {
            alternatives(to: $0.placement, $0.plan.prices)
        },
        .fact("minReplicas", "the minimum replicas") { $0.placement.minReplicas },
        .fact("maxReplicas", "the maximum replicas") { $0.placement.maxReplicas },
        .record("point", "its operating point", operatingPointFacts) { $0.placement.point },
        .records("levels", "the load levels per replica at which scaling and alerts react, for each signal", levelFacts)
        {
            $0.model.levels
        },
        .record("shares", "the load levels as shares of what a replica sustains", shareFacts) { $0.model.shares },
        .records("deployments", "its Deployments", deploymentFacts) { model in
            model.model.deployments.map { DeploymentInPlan(deployment: $0, model: model) }
        },
        .records("ruleGroups", "its Prometheus rules", ruleGroupFacts) { $0.model.ruleGroups },
        .record("dashboard", "the queries of its dashboard", dashboardFacts) { $0.model.dashboard },
        .fact("isAutoscaled", "whether an autoscaler owns its replicas") { model in
            Traced(
                model.placement.isAutoscaled, because: "it has an autoscaler, and its maximum is above its minimum",
                Ingredient("by", model.placement.spec.scaling.by),
                Ingredient("minimum replicas", model.placement.minReplicas),
                Ingredient("maximum replicas", model.placement.maxReplicas))
        },
    ])

let alternativeFacts = FactTable<Alternative>(
    "alternative", "a candidate that was not chosen",
    [
        .fact("shape", "the instance type and GPUs of a replica, or the instance types excluded for the same reason") {
            Traced($0.words, .convention("a candidate from the catalog"))
        },
        .fact("reason", "why it was not chosen") {
            $0.reason.because("the order of preference, or else the cost at peak")
        },
        .maybe("peakPerMonth", "its cost at peak, dollars per month; absent if the model cannot run on it") {
            $0.peakPerMonth
        },
    ])

/// The operating point of one replica.
let operatingPointFacts = FactTable<OperatingPoint>(
    "operatingPoint", "the operating point of one replica",
    [
        .fact("tensorParallel", "GPUs of one replica") { $0.tensorParallel },
        .fact("weightsPerGPU", "the weights on each GPU, GiB") { $0.weightsPerGPU },
        .fact("kvBudget", "the memory for KV cache in one replica, GiB") { $0.kvBudget },
        .fact("mostSequences", "the maximum number of sequences that one replica runs concurrently") {
            $0.mostSequences
        },
        .fact("sequences", "the average number of requests in one replica at the rate that it sustains") {
            $0.sequences
        },
        .fact("requestsPerSecond", "the rate that one replica sustains, requests per second") { $0.requestsPerSecond },
        .maybe("promptTokensPerSecond", "the prompt tokens per second at that rate; absent if it generates text") {
            $0.promptRate
        },
        .maybe("kvShare", "the share of the KV cache in use at that rate; absent if it does not generate text") {
            $0.kvShare
        },
        .maybe(
            "timeToFirstToken",
            "time to first token, seconds: predicted with its margin, or measured; absent if it does not generate text"
        ) { $0.timeToFirstToken },
        .maybe(
            "timePerOutputToken",
            "time per output token, seconds: predicted with its margin, or measured; absent if it does not generate text"
        ) { $0.timePerOutputToken },
        .maybe(
            "endToEndLatency",
            "end-to-end latency, seconds: predicted with its margin, or measured; absent if it generates text"
        ) { $0.endToEndLatency },
        .maybe(
            "margin",
            "the margin on the predicted time per output token, or of a step if it does not generate text, a factor; absent if the time is measured"
        ) { $0.margin },
        .fact("coldStart", "seconds from scaling up until a new replica is ready") { $0.coldStart.total },
        .fact("bottleneck", "what limits the load of a replica") { $0.bottleneck },
        .fact("confidence", "which figures are measured, and which are modeled, with their margins") { $0.confidence },
    ])

/// The loads per replica at which scaling and alerts react, ascending.
let levelFacts = FactTable<AlertLevels>(
    "levels", "the load levels per replica at which scaling and alerts react, in one signal",
    [
        .fact("signal", "the signal") { Traced($0.signal.signal, .convention("the signal that the autoscaler reads")) },
        .fact("unit", "the unit of the levels") { Traced($0.signal.unit, .convention("the unit of the signal")) },
        .fact("scaleDown", "below this load replicas are removed") { $0.scaleDown },
        .fact("scaleUp", "above this load replicas are added") { $0.scaleUp },
        .fact("warning", "above this load the warning alert fires") { $0.warning },
        .fact("critical", "above this load the critical alert fires") { $0.critical },
        .fact("limit", "the load that a replica sustains") { $0.limit },
    ])

/// The load levels as shares of what a replica sustains.
let shareFacts = FactTable<LoadShares>(
    "shares", "the load levels as shares of what a replica sustains, ascending",
    [
        .fact("scaleDown", "below this load replicas are removed") { $0.scaleDown },
        .fact("scaleUp", "above this load replicas are added") { $0.scaleUp },
        .fact("warning", "above this load the warning alert fires") { $0.warning },
        .fact("critical", "above this load the critical alert fires") { $0.critical },
    ])

/// A rule: its expression, labels and annotations.
let ruleFacts = FactTable<PrometheusRule>(
    "rule", "a recording rule or an alert",
    [
        .maybe("record", "the series that it records") { rule in
            rule.record.map { Traced($0, .convention("the series' name")) }
        },
        .maybe("alert", "the alert's name") { rule in rule.alert.map { Traced($0, .convention("the alert's name")) } },
        .fact("expression", "PromQL") { $0.expression },
        .maybe("hold", "how long the expression must hold before the alert fires") { $0.forDuration },
        .mapping("labels", "labels that it adds") { $0.labels },
        .mapping("annotations", "its summary, description and runbook") { $0.annotations },
    ])

let ruleGroupFacts = FactTable<RuleGroup>(
    "ruleGroup", "a group of Prometheus rules",
    [
        .fact("name", "its name") { Traced($0.name, .convention("named by the subject of its rules")) },
        .maybe("interval", "how often its rules are evaluated; absent for the default of Prometheus") { $0.interval },
        .records("rules", "its rules", ruleFacts) { $0.rules },
    ])
