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
        .maybe("schedule", "when it begins, as cron in UTC") { $0.schedule },
        .maybe("duration", "how long it lasts") { $0.duration },
    ])

/// A pool of nodes.
let poolFacts = FactTable<PoolPlan>(
    "pool", "a pool of nodes",
    [
        .fact("name", "its name") { $0.name },
        .fact("role", "primary, elastic or spot") { Traced($0.role, .convention("the role of the pool")) },
        .fact("gpu", "the GPU product") { Traced($0.hardware.gpu.id, .catalog($0.hardware.gpu.reference)) },
        .list("types", "the instance types that may be launched") { $0.hardware.typeNames },
        .list("capacityTypes", "on-demand, spot or reserved") { $0.hardware.capacityTypes },
        .fact("nodes", "the maximum nodes") { $0.size.nodes },
        .fact("gpus", "the maximum GPUs") { $0.size.gpus },
        .mapping("limits", "its limits: GPUs, or nodes if GPUs are shared or claimed") {
            $0.size.limits
        },
        .maybe("staticNodes", "the number of nodes of a static pool") { $0.size.staticNodes },
        .maybe("weight", "its weight, 1 to 100; Karpenter tries the highest first") { $0.scheduling.weight },
        .fact("nodeClass", "the name of its EC2NodeClass") { $0.hardware.nodeClass },
        .mapping("labels", "the labels of its nodes") { $0.scheduling.labels },
        .records("taints", "the taints of its nodes", taintFacts) { $0.scheduling.taints },
        .list("zones", "the zones that it may use; empty for all") { $0.hardware.zones },
        .fact("consolidateAfter", "how long a node may be empty before it is removed") {
            $0.disruption.consolidateAfter
        },
        .fact("consolidationPolicy", "which nodes Karpenter consolidates") { $0.disruption.consolidationPolicy },
        .fact("terminationGracePeriod", "how long a terminating node waits for its pods") {
            $0.disruption.terminationGracePeriod
        },
        .records("budgets", "how many nodes may be disrupted at once, and when", budgetFacts) { $0.disruption.budgets },
        .fact("worstPerHour", "the worst-case cost per hour, dollars") { $0.size.worstPerHour },
        .maybe("group", "its managed node group; absent if Karpenter creates its nodes") {
            $0.existing == nil ? $0.group?.name : nil
        },
        .maybe("existing", "the existing NodePool or node group; absent for the pools of the spec") {
            $0.existing?.name
        },
        .list("models", "the models that may run here") { pool in
            pool.models.map { Traced($0, .convention("a model of this pool")) }
        },
    ])

let nodeClassFacts = FactTable<NodeClassPlan>(
    "nodeClass", "an EC2NodeClass",
    [
        .fact("name", "its name") { $0.name },
        .maybe("ami", "the AMI alias, with its version") { $0.ami.compactMap(\.alias) },
        .maybe("amiID", "the ID of an AMI that you build") { $0.ami.compactMap(\.id) },
        .mapping("amiTags", "the tags of an AMI that you build") { node in
            node.ami.value.tags.map { ($0.key, Traced($0.value, node.ami.origin)) }
        },
        .maybe("amiParameter", "the SSM parameter with the ID of an AMI that you build") {
            $0.ami.compactMap(\.ssmParameter)
        },
        .maybe("amiOwner", "the account that owns an AMI found by tags") { $0.ami.compactMap(\.owner) },
        .maybe("amiFamily", "the family of an AMI that you build; an alias has it") {
            $0.ami.compactMap { $0.alias == nil ? $0.family.name : nil }
        },
        .maybe("role", "the IAM role of its nodes") { $0.role },
        .maybe("instanceProfile", "the instance profile of its nodes") { $0.instanceProfile },
        .mapping("subnetTags", "the tags that select subnets") { $0.subnetTags },
        .mapping("securityGroupTags", "the tags that select security groups") { $0.securityGroupTags },
        .records("volumes", "its volumes", volumeFacts) { $0.volumes },
        .maybe("instanceStorePolicy", "RAID0, if the instance types have NVMe") { $0.instanceStorePolicy },
        .list("reservations", "the capacity reservations to use") { $0.reservations },
        .mapping("tags", "the tags of its instances") { $0.tags },
        .maybe("shares", "the number of shares into which the DRA driver divides each GPU") { $0.shares },
        .maybe("userData", "the settings of Bottlerocket, as TOML") { $0.userData },
        .maybeRecord("kubelet", "the settings of its kubelet, if the spec has any", kubeletFacts) { $0.kubelet },
        .fact("hopLimit", "the network hops to the instance metadata") { $0.hopLimit },
    ])

let kubeletFacts = FactTable<KubeletSpec>(
    "kubelet", "the settings of a kubelet",
    [
        .maybe("maxPods", "the maximum number of pods") { $0.maxPods },
        .mapping("systemReserved", "resources for the operating system") { $0.systemReserved.entries },
        .mapping("kubeReserved", "resources for the kubelet and the container runtime") { $0.kubeReserved.entries },
        .mapping("evictionHard", "what must remain free before pods are evicted") { kubelet in
            kubelet.evictionHard.map { ($0.key.value.rawValue, $0.value) }
        },
    ])

let volumeFacts = FactTable<VolumePlan>(
    "volume", "a volume of a node",
    [
        .fact("device", "the device") { $0.device },
        .fact("size", "its size") { $0.size },
        .fact("type", "its EBS type") { $0.type },
        .maybe("iops", "its I/O operations per second") { $0.iops },
        .maybe("throughput", "its throughput, MiB/s") { $0.throughput },
        .maybe("kmsKey", "the KMS key that encrypts it") { $0.kmsKey },
        .maybe("isRoot", "whether it holds images and ephemeral storage") { $0.isRoot },
    ])

/// An overlay with the pool that it is for.
struct OverlayInPlan: Sendable {
    let overlay: CapacityOverlay
    let pool: PoolPlan
}

let overlayFacts = FactTable<OverlayInPlan>(
    "overlay", "the capacity of shared GPUs, which Karpenter cannot know",
    [
        .fact("name", "its name") { $0.overlay.name },
        .fact("pool", "the pool that it is for") { $0.pool.name },
        .fact("type", "the instance type that it is for") { $0.overlay.type },
        .mapping("capacity", "the resources of one node") { $0.overlay.capacity },
    ])

let moneyFacts = FactTable<MoneyInPlan>(
    "money", "the costs of the cluster",
    [
        .fact("steadyPerMonth", "cost at steady load around the clock, dollars per month") {
            $0.money.steadyPerMonth
        },
        .fact("busyPerMonth", "cost at business-hours load around the clock, dollars per month") {
            $0.money.busyPerMonth
        },
        .fact("peakPerMonth", "cost at peak load around the clock, dollars per month") {
            $0.money.peakPerMonth
        },
        .fact("expectedPerMonth", "expected cost of an average month, dollars") { $0.money.expectedPerMonth },
        .fact("worstPerMonth", "worst-case cost, with every pool at its limit in the longest month, dollars") {
            $0.money.worstPerMonth
        },
        .maybe("budget", "the budget in the spec, dollars per month") { $0.money.budget },
        .records("pools", "the costs of each pool", poolCostFacts) { $0.money.pools },
        .records("owners", "the costs of each team; empty without teams", ownerCostFacts) { $0.plan.owners },
        .records("tokens", "the cost of a million tokens of each model", tokenCostFacts) { $0.money.tokens },
        .records("savings", "the cost checklist, answered for this spec", savingFacts) { $0.plan.savings.value },
        .records("bestChanges", "the single changes of models that save most", bestChangeFacts) {
            $0.plan.bestChanges.value
        },
        .records("quotas", "the EC2 quotas that the limits need", quotaFacts) { quotas($0.plan.pools) },
    ])

/// The costs with their plan.
struct MoneyInPlan: Sendable {
    let plan: Plan
    var money: MoneyPlan { plan.money }
}

let poolCostFacts = FactTable<PoolCost>(
    "poolCost", "the costs of one pool",
    [
        .fact("pool", "its name") { Traced($0.pool, .convention("the pool's name")) },
        .fact("steadyPerMonth", "cost at steady load around the clock, dollars per month") {
            $0.steadyPerMonth
        },
        .fact("busyPerMonth", "cost at business-hours load around the clock, dollars per month") {
            $0.busyPerMonth
        },
        .fact("expectedPerMonth", "expected cost of an average month, dollars") { $0.expectedPerMonth },
        .fact("peakPerMonth", "cost at peak load around the clock, dollars per month") { $0.peakPerMonth },
        .fact("worstPerMonth", "worst-case cost, at its limit in the longest month, dollars") { $0.worstPerMonth },
    ])

let tokenCostFacts = FactTable<TokenCost>(
    "tokenCost", "the cost of a million tokens of a model, input and output together",
    [
        .fact("model", "its name") { Traced($0.model, .convention("the model's name")) },
        .maybe("steady", "cost at steady load, dollars") { $0.steady },
        .fact("full", "cost with every replica at its operating point, dollars") { $0.full },
    ])

let savingFacts = FactTable<Saving>(
    "saving", "a way to save money",
    [
        .fact("item", "its name") { Traced($0.item, .convention("an item of the cost checklist")) },
        .fact("answer", "how it applies to this plan") {
            $0.answer.because("how an item of the cost checklist applies to this plan")
        },
        .fact("isUsed", "whether the plan uses it") {
            Traced($0.isUsed, .convention("whether the plan uses it"))
        },
        .maybe("perMonth", "what it saves, or would save, of the expected cost, dollars per month") {
            $0.perMonth
        },
    ])

let bestChangeFacts = FactTable<BestChange>(
    "bestChange", "a change of one model that saves money",
    [
        .fact("words", "the change as the spec would have it, and its model") {
            Traced($0.words, .convention("the setting that was tried"))
        },
        .fact("risk", "what it costs other than money") {
            Traced($0.risk, .convention("what comes with such a change"))
        },
        .fact("savedPerMonth", "what it saves of the expected cost, dollars per month") { $0.savedPerMonth },
        .fact("expectedPerMonth", "the expected cost with it, dollars per month") { $0.expectedPerMonth },
        .fact("worstPerMonth", "the worst-case cost with it, dollars per month") { $0.worstPerMonth },
    ])

let quotaFacts = FactTable<Quota>(
    "quota", "an EC2 quota",
    [
        .fact("name", "its name in AWS Service Quotas") {
            Traced($0.name, .convention("the name in AWS Service Quotas"))
        },
        .fact("vcpus", "the vCPUs to request") { $0.vcpus },
    ])
