let dashboardFacts = FactTable<DashboardPlan>(
    "dashboard", "the queries of a model's dashboard",
    [
        .fact("uid", "its stable identifier") { $0.uid },
        .nouns("loads", "load of one replica in each signal", loadPanelFacts) { $0.loads },
        .fact("replicas", "replicas that run") { $0.replicas },
        .fact("desired", "replicas that the autoscaler wants") { $0.desired },
        .fact("firstToken", "time to first token at the promised percentile, seconds") { $0.firstToken },
        .fact("perToken", "time per output token at the promised percentile, seconds") { $0.perToken },
        .fact("gpuUtilization", "GPU utilisation by pod, percent") { $0.gpuUtilization },
        .fact("gpuMemory", "GPU memory in use, percent") { $0.gpuMemory },
        .fact("kvCache", "KV cache in use by pod, percent") { $0.kvCache },
        .fact("nodes", "nodes started in a quarter of an hour, by pool") { $0.nodes },
        .fact("cost", "dollars per hour") { $0.cost },
        .fact("budgetLeft", "share of the month's error budget that is left") { $0.budgetLeft },
    ])

let loadPanelFacts = FactTable<LoadPanel>(
    "loadPanel", "the load of one replica in one signal",
    [
        .fact("reference", "the query's letter") { $0.reference }, .fact("signal", "the signal's name") { $0.signal },
        .fact("query", "load as a share of what a replica sustains") { $0.query },
    ])
