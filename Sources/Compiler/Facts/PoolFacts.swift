import Groundwork
import Planning

let taintFacts = FactTable<Taint>(
    "taint", "a taint of a node",
    [
        .fact("key", "its key") { $0.key }, .fact("value", "its value") { $0.value },
        .fact("effect", "its effect") { $0.effect },
    ])

let budgetFacts = FactTable<DisruptionBudget>(
    "disruptionBudget", "how many nodes may be disrupted at once, and when",
    [
        .fact("nodes", "a number or a percentage") { $0.nodes },
        .maybe("schedule", "cron in UTC") { $0.schedule },
        .maybe("duration", "how long from then") { $0.duration },
    ])

/// A pool of nodes.
let poolFacts = FactTable<PoolPlan>(
    "pool", "a pool of nodes",
    [
        .fact("name", "its name") { $0.name },
        .fact("role", "primary, elastic or spot") { Traced($0.role, .convention("what the pool is for")) },
        .fact("gpu", "its GPU product") { Traced($0.hardware.gpu.id, .catalog($0.hardware.gpu.reference)) },
        .list("types", "the instance types that may be launched") { $0.hardware.typeNames },
        .list("capacityTypes", "on-demand, spot or reserved") { $0.hardware.capacityTypes },
        .fact("nodes", "nodes that may run at once") { $0.size.nodes },
        .fact("gpus", "GPUs that may run at once") { $0.size.gpus },
        .mapping("limits", "the limit that binds: whole nodes' GPUs, or nodes where GPUs are shared or claimed") {
            $0.size.limits
        },
        .maybe("staticNodes", "the nodes that always run") { $0.size.staticNodes },
        .maybe("weight", "which pool Karpenter tries first; 1 to 100") { $0.scheduling.weight },
        .fact("nodeClass", "the name of its EC2NodeClass") { $0.hardware.nodeClass },
        .mapping("labels", "labels of its nodes") { $0.scheduling.labels },
        .records("taints", "taints of its nodes", taintFacts) { $0.scheduling.taints },
        .list("zones", "the zones that it may use; empty for all") { $0.hardware.zones },
        .fact("consolidateAfter", "how long a node may idle") { $0.disruption.consolidateAfter },
        .fact("consolidationPolicy", "which nodes are given back") { $0.disruption.consolidationPolicy },
        .fact("terminationGracePeriod", "how long a node that must go waits for its pods") {
            $0.disruption.terminationGracePeriod
        },
        .records("budgets", "how many nodes may be disrupted at once, and when", budgetFacts) { $0.disruption.budgets },
        .fact("worstPerHour", "the dearest hour, dollars") { $0.size.worstPerHour },
        .maybe("group", "the managed node group that its nodes are; absent where Karpenter brings them") {
            $0.group?.name
        },
        .list("models", "the models that may run here") { pool in
            pool.models.map { Traced($0, .convention("a model of this pool")) }
        },
    ])

let nodeClassFacts = FactTable<NodeClassPlan>(
    "nodeClass", "an EC2NodeClass",
    [
        .fact("name", "its name") { $0.name },
        .fact("ami", "the AMI alias, with its version") { $0.amiAlias },
        .maybe("role", "the IAM role of its nodes") { $0.role },
        .maybe("instanceProfile", "the instance profile of its nodes") { $0.instanceProfile },
        .mapping("subnetTags", "the tags that select subnets") { $0.subnetTags },
        .mapping("securityGroupTags", "the tags that select security groups") { $0.securityGroupTags },
        .records("volumes", "its volumes", volumeFacts) { $0.volumes },
        .maybe("instanceStorePolicy", "RAID0 where the types have NVMe") { $0.instanceStorePolicy },
        .list("reservations", "the capacity reservations to use") { $0.reservations },
        .mapping("tags", "tags of its instances") { $0.tags },
        .maybe("shares", "into how many shares the DRA driver cuts its GPUs") { $0.shares },
        .maybe("userData", "settings of Bottlerocket, as TOML") { $0.userData },
    ])

let volumeFacts = FactTable<VolumePlan>(
    "volume", "a volume of a node",
    [
        .fact("device", "the device") { $0.device },
        .fact("size", "its size") { $0.size },
        .maybe("isRoot", "whether images and pods' files lie on it") { $0.isRoot },
    ])

/// An overlay with the pool that it is for.
struct OverlayInPlan: Sendable {
    let overlay: CapacityOverlay
    let pool: PoolPlan
}

let overlayFacts = FactTable<OverlayInPlan>(
    "overlay", "what Karpenter cannot know of shared GPUs",
    [
        .fact("name", "its name") { $0.overlay.name },
        .fact("pool", "the pool that it is for") { $0.pool.name },
        .fact("type", "the instance type that it is for") { $0.overlay.type },
        .mapping("capacity", "resources of one node") { $0.overlay.capacity },
    ])

let moneyFacts = FactTable<MoneyInPlan>(
    "money", "what the cluster costs",
    [
        .fact("steadyPerMonth", "cost with the minimum replicas around the clock, dollars per month") {
            $0.money.steadyPerMonth
        },
        .fact("busyPerMonth", "cost with the replicas of business hours around the clock, dollars per month") {
            $0.money.busyPerMonth
        },
        .fact("peakPerMonth", "cost with the maximum replicas around the clock, dollars per month") {
            $0.money.peakPerMonth
        },
        .fact("expectedPerMonth", "expected cost of a mean month, dollars") { $0.money.expectedPerMonth },
        .fact("worstPerMonth", "cost of the longest month with every pool at its limit, dollars") {
            $0.money.worstPerMonth
        },
        .maybe("budget", "the bound that the spec sets, dollars per month") { $0.money.budget },
        .records("pools", "what each pool costs", poolCostFacts) { $0.money.pools },
        .records("tokens", "what a million tokens of each model cost", tokenCostFacts) { $0.money.tokens },
        .records("savings", "the cost checklist, answered for this spec", savingFacts) { $0.plan.savings.value },
        .records("quotas", "the EC2 quotas that the limits need", quotaFacts) { quotas($0.plan.pools) },
    ])

/// The costs with the plan that they are part of.
struct MoneyInPlan: Sendable {
    let plan: Plan
    var money: MoneyPlan { plan.money }
}

let poolCostFacts = FactTable<PoolCost>(
    "poolCost", "what one pool costs",
    [
        .fact("pool", "its name") { Traced($0.pool, .convention("the pool's name")) },
        .fact("steadyPerMonth", "cost with the minimum replicas around the clock, dollars per month") {
            $0.steadyPerMonth
        },
        .fact("busyPerMonth", "cost with the replicas of business hours around the clock, dollars per month") {
            $0.busyPerMonth
        },
        .fact("expectedPerMonth", "expected cost of a mean month, dollars") { $0.expectedPerMonth },
        .fact("peakPerMonth", "cost with the maximum replicas around the clock, dollars per month") { $0.peakPerMonth },
        .fact("worstPerMonth", "cost of the longest month at its limit, dollars") { $0.worstPerMonth },
    ])

let tokenCostFacts = FactTable<TokenCost>(
    "tokenCost", "what a million tokens of a model cost, prompts and answers together",
    [
        .fact("model", "its name") { Traced($0.model, .convention("the model's name")) },
        .maybe("steady", "with the minimum replicas at steady traffic, dollars") { $0.steady },
        .fact("full", "with every replica at its operating point, dollars") { $0.full },
    ])

let savingFacts = FactTable<Saving>(
    "saving", "a way to save money",
    [
        .fact("item", "what it is") { Traced($0.item, .convention("a line of the article's cost checklist")) },
        .fact("answer", "what it comes to here") { $0.answer.because("an answer of the cost checklist for this plan") },
        .fact("isUsed", "whether it is in use already") {
            Traced($0.isUsed, .convention("what this plan does"))
        },
        .maybe("perMonth", "what it saves or would save of the expected cost, dollars per month") {
            $0.perMonth
        },
    ])

let quotaFacts = FactTable<Quota>(
    "quota", "a quota at AWS",
    [
        .fact("name", "its name at AWS Service Quotas") {
            Traced($0.name, .convention("the name at AWS Service Quotas"))
        },
        .fact("vcpus", "vCPUs to ask for") { $0.vcpus },
    ])
