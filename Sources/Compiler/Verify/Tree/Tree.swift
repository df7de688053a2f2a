/// Every object of a tree of manifests, indexed once: rules ask, and never search.
struct Tree: Sendable {
    let objects: [Object]
    let workloads: [Workload]
    let services: [Object]
    let pools: [Pool]
    let overlays: [Overlay]
    let autoscalers: [Autoscaler]
    let kustomizations: [Kustomization]
    /// The path of each file that holds an object, in their order.
    let objectPaths: [String]
    /// The path of every file.
    let paths: Set<String>
    /// The folders that have a kustomization.
    let kustomizedFolders: Set<String>
    /// The pools that each workload may come to, beside `workloads`; nil for those that ask for no GPU and are no daemon.
    let reaches: [Reach?]
    private let numbers: [Reference: Int]
    private let byKind: [Kind: [Int]]
    private let workloadNumbers: [Reference: Int]
    let podLabels: LabelIndex
    let serviceLabels: LabelIndex
    private let scalers: [Reference: [Int]]

    init(_ manifests: [Manifest]) {
        var parts = Parts()
        for manifest in manifests {
            for document in manifest.documents { parts.add(document.root, path: manifest.path) }
        }
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
        kustomizations = parts.kustomizations
        objectPaths = parts.objectPaths
        paths = Set(manifests.map(\.path))
        kustomizedFolders = Set(parts.kustomizations.map(\.folder))
        let index = PoolIndex(parts.pools)
        reaches = parts.workloads.map { [pools] in Reach($0, pools, index) }
    }

    /// The objects of a kind, in the order of the tree.
    func objects(_ kind: Kind) -> [Object] { byKind[kind]?.map { objects[$0] } ?? [] }

    /// Finds an object.
    func object(_ kind: Kind, _ name: String, in namespace: String = "") -> Object? {
        numbers[Reference(kind, name, in: namespace)].map { objects[$0] }
    }

    /// Finds an object.
    func object(_ reference: Reference) -> Object? { numbers[reference].map { objects[$0] } }

    /// Finds a workload.
    func workload(_ reference: Reference) -> Workload? { workloadNumbers[reference].map { workloads[$0] } }

    /// The autoscalers of a target.
    func autoscalers(of target: Reference) -> [Autoscaler] { scalers[target]?.map { autoscalers[$0] } ?? [] }

    /// Finds the first workload of a namespace whose pods a selector matches and that meets a condition.
    func workload(
        matching selector: LabelSelector, in namespace: String, where condition: (Workload) -> Bool = { _ in true }
    ) -> Workload? {
        podLabels.first(matching: selector, in: namespace) { condition(workloads[$0]) }.map { workloads[$0] }
    }
}

extension Tree.Reach {
    /// Finds the pools of a workload; nil if it asks for no GPU and is no daemon, or if there are no pools.
    fileprivate init?(_ workload: Tree.Workload, _ pools: [Tree.Pool], _ index: Tree.PoolIndex) {
        let pod = workload.pod
        guard !pools.isEmpty, workload.isDaemon || !pod.claims.isEmpty || pod.containers.contains(where: { !$0.gpus.isEmpty })
        else { return nil }
        admitted = index.pools(admittedBy: pod.nodes, of: pools, runtime: workload.isDaemon)
        tolerated = admitted.filter { pod.obstacle(of: pools[$0]) == nil }
    }
}
