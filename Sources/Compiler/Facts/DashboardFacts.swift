import Groundwork
import Planning

let dashboardFacts = FactTable<DashboardPlan>(
    "dashboard", "the queries of a model's dashboard",
    [
        .fact("uid", "its stable identifier") { $0.uid },
        .records("loads", "load of one replica in each signal", loadPanelFacts) { $0.loads },
        .fact("replicas", "replicas that run") { $0.replicas },
        .fact("desired", "replicas that the autoscaler wants") { $0.desired },
        .fact("firstToken", "time to first token at the promised percentile, seconds") { $0.firstToken },
        .fact("perToken", "time per output token at the promised percentile, seconds") { $0.perToken },
        .fact("gpuUtilization", "GPU utilisation by pod, percent") { $0.gpuUtilization },
        .fact("gpuMemory", "GPU memory in use, percent") { $0.gpuMemory },
        .fact("kvCache", "KV cache in use by pod, percent") { $0.kvCache },
        .maybe("nodes", "nodes that Karpenter started in a quarter of an hour, by pool") { $0.nodes },
        .fact("cost", "dollars per hour") { $0.cost },
        .maybe("nodesGone", "nodes that it ended in a quarter of an hour, by pool, below zero") { $0.nodesGone },
        .fact("burnRate", "how many times faster than allowed the error budgets burn") { $0.burnRate },
        .maybe("firstTokenTarget", "the promised time to first token, seconds") { $0.firstTokenTarget },
        .maybe("perTokenTarget", "the promised time per output token, seconds") { $0.perTokenTarget },
        .fact("budgetLeft", "share of the month's error budget that is left") { $0.budgetLeft },
    ])

let loadPanelFacts = FactTable<LoadPanel>(
    "loadPanel", "the load of one replica in one signal",
    [
        .fact("reference", "the query's letter") { $0.reference }, .fact("signal", "the signal's name") { $0.signal },
        .fact("query", "load as a share of what a replica sustains") { $0.query },
    ])

let fleetFacts = FactTable<FleetPlan>(
    "fleet", "the queries and lines of the cluster's own dashboard",
    [
        .fact("uid", "its stable identifier") { $0.uid },
        .fact("load", "load of one replica by model, as a share of what it sustains") { $0.load },
        .fact("replicas", "ready replicas by Deployment") { $0.replicas },
        .fact("burnRate", "how many times faster than allowed the error budgets burn") { $0.burnRate },
        .fact("budgetLeft", "share of the month's error budgets that is left") { $0.budgetLeft },
        .fact("waiting", "pods that wait for a GPU") { $0.waiting },
        .fact("poolUse", "share of its limit that each pool has started") { $0.poolUse },
        .fact("gpus", "GPUs that each pool has started") { $0.gpus },
        .fact("nodes", "nodes started in a quarter of an hour, by pool") { $0.nodes },
        .fact("nodesGone", "nodes ended in a quarter of an hour, by pool, below zero") { $0.nodesGone },
        .fact("spend", "dollars per hour of all pools") { $0.spend },
        .fact("temperature", "the hottest GPU of each node, degrees Celsius") { $0.temperature },
        .fact("burnWarning", "the slowest burn that makes a ticket") { $0.burnWarning },
        .fact("burnCritical", "the slowest burn that wakes somebody") { $0.burnCritical },
        .fact("nearLimit", "the share of its limit at which a pool is nearly full") { $0.nearLimit },
        .fact("hottest", "the temperature at which somebody is told") { $0.hottest },
        .maybe("spendLimit", "the budget, dollars per hour") { $0.spendLimit },
    ])
