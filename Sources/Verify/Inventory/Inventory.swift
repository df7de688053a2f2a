import Groundwork

/// Every object of a tree of manifests, indexed once, so that rules look up and never search.
struct Inventory: Sendable {
    let scope: TreeScope
    let objects: [KubernetesObject]
    let workloads: [Workload]
    /// The workloads, and behind them the pods that a workload of a dump created.
    private let labelled: [Workload]
    let services: [KubernetesObject]
    let pools: [Pool]
    /// The NodePools, then the managed node groups: everything that can run pods.
    let nodes: [Pool]
    let overlays: [Overlay]
    let autoscalers: [Autoscaler]
    /// The rules of each PrometheusRule.
    let monitoringRules: [(object: KubernetesObject, rules: [ManifestValue])]
    let kustomizations: [Kustomization]
    /// The first object of each file that has one.
    let fileHeads: [KubernetesObject]
    /// The values of the production stack's chart, in files of their own.
    let chartValues: [ManifestValue]
    /// The path of every file.
    let paths: Set<String>
    /// The folders that have a kustomization.
    let kustomizedFolders: Set<String>
    /// The pools that each workload can run on, parallel to `workloads`; nil for workloads that can run on any node.
    let reaches: [Reach?]
    /// The NodeOverlays that apply to each pool's nodes, parallel to `pools`.
    let poolOverlays: [[Int]]
    /// The names of metrics in queries, in matchers on `__name__`, and in dashboards.
    private(set) var metricUses: [MetricUse] = []
    /// The pools whose device plugin advertises the shares of GPUs under another name.
    private(set) var renamingPools: Set<Int> = []
    /// The differences between objects and the schemas of their kinds.
    let fieldMistakes: [FieldMistake]
    /// The queries of triggers and rules.
    let queries: [QueryUse]
    /// The queries of triggers, by their object.
    private let triggerQueries: [ObjectIdentifier: [QueryUse]]
    private let numbers: [ObjectReference: Int]
    private let byKind: [ObjectKind: [Int]]
    private let workloadNumbers: [ObjectReference: Int]
    let podLabels: LabelIndex
    /// The labels of pods that objects of other kinds create, such as LeaderWorkerSets.
    let foreignPodLabels: LabelIndex
    let serviceLabels: LabelIndex
    private let scalers: [ObjectReference: [Int]]

    init(_ manifests: [Manifest], _ scope: TreeScope = TreeScope()) {
        let parts = Parts(manifests, scope)
        self.scope = scope
        objects = parts.objects
        numbers = parts.numbers
        byKind = parts.byKind
        labelled = parts.workloads
        workloads = Array(parts.workloads.prefix(parts.ownWorkloads))
        foreignPodLabels = parts.foreignPodLabels
        workloadNumbers = parts.workloadNumbers
        podLabels = parts.podLabels
        services = parts.services
        serviceLabels = parts.serviceLabels
        pools = parts.pools
        overlays = parts.overlays
        autoscalers = parts.autoscalers
        scalers = parts.scalers
        monitoringRules = parts.monitoringRules
        kustomizations = parts.kustomizations
        fileHeads = parts.fileHeads
        chartValues = parts.chartValues
        paths = scope.files.union(manifests.map(\.path))
        kustomizedFolders = Set(parts.kustomizations.map(\.base))
        if let schemas = scope.schemas {
            var checker = FieldChecker(schemas, kubernetes: scope.versions.kubernetes)
            // A live object has the fields of its API server, and no others.
            for object in parts.objects where !object.isLive { checker.check(object) }
            let count = checker.mistakes.count
            for object in parts.leftOut { checker.check(object) }
            // A patch has only some of the fields.
            fieldMistakes =
                checker.mistakes.prefix(count) + checker.mistakes.dropFirst(count).filter { $0.kind != .missing }
            queries = Inventory.queries(in: parts.objects, parts.monitoringRules)
        } else {
            (fieldMistakes, queries) = ([], [])
        }
        triggerQueries = Dictionary(grouping: queries.filter { $0.trigger != nil }) { ObjectIdentifier($0.object) }
        nodes = parts.pools + parts.nodeGroups
        let index = PoolIndex(nodes)
        var poolOverlays: [[Int]] = Array(repeating: [], count: nodes.count)
        for (number, overlay) in parts.overlays.enumerated() {
            for pool in index.pools(meeting: [overlay.requirements], of: nodes) {
                poolOverlays[pool].append(number)
            }
        }
        self.poolOverlays = poolOverlays
        reaches = workloads.map { [nodes] in Reach($0, nodes, index) }
        renamingPools = findRenamingPools()
        metricUses = findMetricUses()
    }

    /// The objects of a kind, in the order of the tree.
    func objects(_ kind: ObjectKind) -> [KubernetesObject] { byKind[kind]?.map { objects[$0] } ?? [] }

    /// Finds an object.
    func object(_ kind: ObjectKind, _ name: String, in namespace: String = "") -> KubernetesObject? {
        numbers[ObjectReference(kind, name, in: namespace)].map { objects[$0] }
    }

    /// Finds an object.
    func object(_ reference: ObjectReference) -> KubernetesObject? { numbers[reference].map { objects[$0] } }

    /// Finds an object that creates pods.
    func workload(_ reference: ObjectReference) -> Workload? { workloadNumbers[reference].map { workloads[$0] } }

    /// The index in `objects` of the first object with a reference.
    func number(of reference: ObjectReference) -> Int? { numbers[reference] }

    /// The autoscalers of a target.
    func autoscalers(of target: ObjectReference) -> [Autoscaler] { scalers[target]?.map { autoscalers[$0] } ?? [] }

    /// The queries of an autoscaler's triggers.
    func queries(of scaler: KubernetesObject) -> [QueryUse] { triggerQueries[ObjectIdentifier(scaler)] ?? [] }

    /// Finds the first workload of a namespace whose pods a selector matches and that meets a condition.
    func workload(
        matching selector: LabelSelector, in namespace: String, where condition: (Workload) -> Bool = { _ in true }
    ) -> Workload? {
        podLabels.first(matching: selector, in: namespace) { condition(labelled[$0]) }.map { labelled[$0] }
    }

    /// Tells whether pods match a selector, or may: an object of another kind creates some that do, or the selector names
    /// labels that only controllers set.
    func mayHavePods(matching selector: LabelSelector, in namespace: String) -> Bool {
        if workload(matching: selector, in: namespace) != nil { return true }
        if selector.labels.pairs.contains(where: { isSetByController($0.key) }) || isOpenNamespace(namespace) {
            return true
        }
        return foreignPodLabels.first(matching: selector, in: namespace) != nil
    }
}

extension Inventory.Reach {
    /// Finds the pools of a workload; nil if it requests no GPU and selects no nodes, or if there are no pools.
    fileprivate init?(_ workload: Inventory.Workload, _ pools: [Inventory.Pool], _ index: Inventory.PoolIndex) {
        let pod = workload.pod
        guard !pools.isEmpty, workload.isGPUDaemon || workload.asksForGPUs || pod.nodes.contains({ _ in true }) else {
            return nil
        }
        let labelled = index.pools(meeting: pod.nodes.terms, of: pools, runtime: workload.isDaemon)
        let needsGPUs = !pod.gpus.isEmpty
        admitted = labelled.filter { number in
            let types = pools[number].gpuTypes
            guard needsGPUs, !types.types.isEmpty else { return true }
            let able = types.narrowed(to: pod.nodes.terms)
            return !able.types.isEmpty || !able.isComplete
        }
        tolerated = admitted.filter { pod.obstacle(of: pools[$0]) == nil }
    }
}
