import Groundwork

/// Every object of a tree of manifests, indexed once, so that rules look up and never search.
struct Inventory: Sendable {
    let scope: TreeScope
    let objects: [KubernetesObject]
    let workloads: [Workload]
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
    /// The path of every file.
    let paths: Set<String>
    /// The folders that have a kustomization.
    let kustomizedFolders: Set<String>
    /// The pools that each workload can run on, parallel to `workloads`; nil for workloads that can run on any node.
    let reaches: [Reach?]
    /// The NodeOverlays that apply to each pool's nodes, parallel to `pools`.
    let poolOverlays: [[Int]]
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
    let serviceLabels: LabelIndex
    private let scalers: [ObjectReference: [Int]]

    init(_ manifests: [Manifest], _ scope: TreeScope = TreeScope()) {
        let parts = Parts(manifests, scope)
        self.scope = scope
        objects = parts.objects
        numbers = parts.numbers
        byKind = parts.byKind
        workloads = parts.workloads
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
        paths = Set(manifests.map(\.path))
        kustomizedFolders = Set(parts.kustomizations.map(\.base))
        if let schemas = scope.schemas {
            var checker = FieldChecker(schemas, kubernetes: scope.versions.kubernetes)
            for object in parts.objects { checker.check(object) }
            fieldMistakes = checker.mistakes
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
        reaches = parts.workloads.map { [nodes] in Reach($0, nodes, index) }
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
        podLabels.first(matching: selector, in: namespace) { condition(workloads[$0]) }.map { workloads[$0] }
    }
}

extension Inventory.Reach {
    /// Finds the pools of a workload; nil if it requests no GPU and selects no nodes, or if there are no pools.
    fileprivate init?(_ workload: Inventory.Workload, _ pools: [Inventory.Pool], _ index: Inventory.PoolIndex) {
        let pod = workload.pod
        guard !pools.isEmpty, workload.isGPUDaemon || workload.asksForGPUs || pod.nodes.contains({ _ in true }) else {
            return nil
        }
        admitted = index.pools(meeting: pod.nodes.terms, of: pools, runtime: workload.isDaemon)
        tolerated = admitted.filter { pod.obstacle(of: pools[$0]) == nil }
    }
}
