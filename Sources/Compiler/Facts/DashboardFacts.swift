import Groundwork
import Planning

let dashboardFacts = FactTable<DashboardPlan>(
    "dashboard", "the queries of a model's dashboard",
    [
        .fact("uid", "its stable identifier") { $0.uid },
        .records("loads", "the load per replica in each signal", loadPanelFacts) { $0.loads },
        .fact("replicas", "running replicas") { $0.replicas },
        .fact("desired", "desired replicas of the autoscaler") { $0.desired },
        .maybe(
            "firstToken",
            "time to first token at the percentile of the SLA, seconds; absent if it does not generate text"
        ) { $0.ttft },
        .maybe(
            "perToken",
            "time per output token at the percentile of the SLA, seconds; absent if it does not generate text"
        ) { $0.tpot },
        .maybe(
            "endToEnd", "end-to-end latency at the percentile of the SLA, seconds; absent if it generates text"
        ) { $0.endToEnd },
        .maybe("promptTokens", "prompt tokens per second; absent if it generates text") { $0.promptTokens },
        .fact("gpuUtilization", "GPU utilization by pod, percent") { $0.gpuUtilization },
        .fact("gpuMemory", "GPU memory in use, percent") { $0.gpuMemory },
        .maybe("kvCache", "KV cache usage by pod, percent; absent if it does not generate text") { $0.kvCache },
        .maybe("nodes", "nodes that Karpenter started in 15 minutes, by pool") { $0.nodes },
        .fact("cost", "dollars per hour") { $0.cost },
        .maybe("nodesGone", "nodes that Karpenter terminated in 15 minutes, by pool, as negative numbers") {
            $0.nodesGone
        },
        .fact("burnRate", "burn rates of the error budgets; at 1 a budget lasts exactly for the SLO period") {
            $0.burnRate
        },
        .maybe("firstTokenTarget", "the target for the time to first token, seconds") { $0.ttftTarget },
        .maybe("perTokenTarget", "the target for the time per output token, seconds") { $0.tpotTarget },
        .maybe("endToEndTarget", "the target for the end-to-end latency, seconds") { $0.endToEndTarget },
        .fact("budgetLeft", "the share of the error budget that remains in the SLO period") { $0.budgetLeft },
    ])

let loadPanelFacts = FactTable<LoadPanel>(
    "loadPanel", "the load per replica in one signal",
    [
        .fact("reference", "the ID of the query in Grafana, a letter") { $0.reference },
        .fact("signal", "the signal's name") { $0.signal },
        .fact("query", "load as a share of what a replica sustains") { $0.query },
    ])

let fleetFacts = FactTable<FleetPlan>(
    "fleet", "the queries and threshold lines of the cluster dashboard",
    [
        .fact("uid", "its stable identifier") { $0.uid },
        .fact("load", "load per replica by model, as a share of what a replica sustains") { $0.load },
        .fact("replicas", "ready replicas by Deployment") { $0.replicas },
        .fact("burnRate", "burn rates of the error budgets; at 1 a budget lasts exactly for the SLO period") {
            $0.burnRate
        },
        .fact("budgetLeft", "the shares of the error budgets that remain in the SLO period") { $0.budgetLeft },
        .fact("waiting", "pending pods") { $0.waiting },
        .fact("poolUse", "the share of its limit that each pool uses") { $0.poolUse },
        .fact("gpus", "GPUs in use by pool") { $0.gpus },
        .fact("nodes", "nodes started in 15 minutes, by pool") { $0.nodes },
        .fact("nodesGone", "nodes terminated in 15 minutes, by pool, as negative numbers") { $0.nodesGone },
        .fact("spend", "dollars per hour of all pools") { $0.spend },
        .fact("temperature", "the hottest GPU of each node, degrees Celsius") { $0.temperature },
        .fact("burnWarning", "the lowest burn rate that opens a ticket") { $0.burnWarning },
        .fact("burnCritical", "the lowest burn rate that pages") { $0.burnCritical },
        .fact("nearLimit", "the share of its limit above which a pool is near its limit") { $0.nearLimit },
        .fact("hottest", "the GPU temperature above which an alert fires, degrees Celsius") { $0.hottest },
        .maybe("spendLimit", "the budget, dollars per hour") { $0.spendLimit },
    ])
