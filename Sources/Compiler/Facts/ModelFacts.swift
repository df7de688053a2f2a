import Groundwork
import Planning

/// A model with the plan that it is part of; a class, because records of it are many and its parts are large.
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
        .fact("source", "where it comes from") { $0.placement.spec.source },
        .fact("class", "realtime, interactive or batch") { $0.placement.spec.workloadClass },
        .fact("priority", "critical, standard or best-effort") { $0.placement.spec.priority },
        .fact("priorityClass", "the name of its PriorityClass") { $0.placement.spec.priority.map(Names.priorityClass) },
        .maybe("roleArn", "the IAM role of its pods") { $0.placement.spec.roleArn },
        .fact("instanceType", "the instance type that it was sized for") {
            typeName($0.placement.shape.type, [$0.placement])
        },
        .fact("gpu", "its GPU product") {
            Traced($0.placement.shape.accelerator.gpu.id, .catalog($0.placement.shape.accelerator.gpu.reference))
        },
        .fact("replicasPerNode", "how many replicas a node carries") {
            $0.placement.nodes.perNode
        },
        .fact("format", "the number format that it runs in") { $0.placement.shape.workload.dtype },
        .records("alternatives", "everything that it could have run on and does not", alternativeFacts) {
            alternatives(to: $0.placement, $0.plan.prices)
        },
        .fact("minReplicas", "the least replicas") { $0.placement.minReplicas },
        .fact("maxReplicas", "the most replicas") { $0.placement.maxReplicas },
        .record("point", "its operating point", operatingPointFacts) { $0.placement.point },
        .records("levels", "the loads of one replica at which things happen, for each signal", levelFacts) {
            $0.model.levels
        },
        .record("shares", "the same as shares of what a replica sustains", shareFacts) { $0.model.shares },
        .records("deployments", "its Deployments", deploymentFacts) { model in
            model.model.deployments.map { DeploymentInPlan(deployment: $0, model: model) }
        },
        .records("ruleGroups", "its Prometheus rules", ruleGroupFacts) { $0.model.ruleGroups },
        .record("dashboard", "the queries of its dashboard", dashboardFacts) { $0.model.dashboard },
        .fact("isAutoscaled", "whether an autoscaler owns its replicas") { model in
            Traced(
                model.placement.isAutoscaled, because: "something scales it, and there is room above the minimum",
                Ingredient("by", model.placement.spec.scaling.by),
                Ingredient("minimum replicas", model.placement.minReplicas),
                Ingredient("maximum replicas", model.placement.maxReplicas))
        },
    ])

let alternativeFacts = FactTable<Alternative>(
    "alternative", "what was not chosen",
    [
        .fact("shape", "instance type and GPUs of a replica, or the types that were not tried for one reason") {
            Traced($0.words, .convention("what the catalog offers"))
        },
        .fact("reason", "why it lost") {
            $0.reason.because("the order of preference, else the cost at peak")
        },
        .maybe("peakPerMonth", "what it would cost at peak, dollars per month; absent where the model does not run") {
            $0.peakPerMonth
        },
    ])

/// Where one replica works.
let operatingPointFacts = FactTable<OperatingPoint>(
    "operatingPoint", "the point at which one replica works",
    [
        .fact("tensorParallel", "GPUs of one replica") { $0.tensorParallel },
        .fact("weightsPerGPU", "weights on each GPU, GiB") { $0.weightsPerGPU },
        .fact("kvBudget", "room for KV cache in one replica, GiB") { $0.kvBudget },
        .fact("mostSequences", "sequences that one replica runs at once at most") { $0.mostSequences },
        .fact("sequences", "requests in one replica at the rate that it sustains, on average") { $0.sequences },
        .fact("requestsPerSecond", "requests per second of one replica") { $0.requestsPerSecond },
        .fact("kvShare", "share of the KV cache in use then") { $0.kvShare },
        .fact("timeToFirstToken", "time to first token, seconds: promised, or as measured") { $0.timeToFirstToken },
        .fact("timePerOutputToken", "time per output token, seconds: promised, or as measured") {
            $0.timePerOutputToken
        },
        .maybe("margin", "promised over predicted time per output token; absent where it is measured") { $0.margin },
        .fact("coldStart", "from the wish for a replica to its first answer, seconds") { $0.coldStart.total },
        .fact("bottleneck", "what stops a replica from carrying more") { $0.bottleneck },
        .fact("confidence", "which figures are measured, which modelled and with what margin") { $0.confidence },
    ])

/// The loads of one replica at which things happen, ascending.
let levelFacts = FactTable<AlertLevels>(
    "levels", "the loads of one replica at which things happen, in one signal",
    [
        .fact("signal", "the signal") { Traced($0.signal.signal, .convention("what the autoscaler looks at")) },
        .fact("unit", "what is counted") { Traced($0.signal.unit, .convention("the unit of the signal")) },
        .fact("scaleDown", "below this a replica is stopped") { $0.scaleDown },
        .fact("scaleUp", "above this a replica is started") { $0.scaleUp },
        .fact("warning", "above this somebody is told") { $0.warning },
        .fact("critical", "above this somebody is woken") { $0.critical },
        .fact("limit", "what a replica sustains") { $0.limit },
    ])

/// The same as shares of what a replica sustains.
let shareFacts = FactTable<LoadShares>(
    "shares", "the shares of a replica's sustainable load at which things happen, ascending",
    [
        .fact("scaleDown", "below this a replica is stopped") { $0.scaleDown },
        .fact("scaleUp", "above this a replica is started") { $0.scaleUp },
        .fact("warning", "above this somebody is told") { $0.warning },
        .fact("critical", "above this somebody is woken") { $0.critical },
    ])

/// Labels of a rule, its expression and texts.
let ruleFacts = FactTable<PrometheusRule>(
    "rule", "a recording rule or an alert",
    [
        .maybe("record", "the series that it records") { rule in
            rule.record.map { Traced($0, .convention("the series' name")) }
        },
        .maybe("alert", "the alert's name") { rule in rule.alert.map { Traced($0, .convention("the alert's name")) } },
        .fact("expression", "PromQL") { $0.expression },
        .maybe("hold", "how long it must hold") { $0.hold },
        .mapping("labels", "labels that it adds") { $0.labels },
        .mapping("annotations", "texts for people") { $0.annotations },
    ])

let ruleGroupFacts = FactTable<RuleGroup>(
    "ruleGroup", "a group of Prometheus rules",
    [
        .fact("name", "its name") { Traced($0.name, .convention("what the rules are about")) },
        .maybe("interval", "how often they are evaluated, where not as often as all others") { $0.interval },
        .records("rules", "its rules", ruleFacts) { $0.rules },
    ])
