import Groundwork

extension Inventory {
    /// An inventory being built.
    struct Parts {
        /// Whether pods get the tolerations that EKS adds; generated pods list all of them.
        private let impliesTolerations: Bool
        private(set) var objects: [KubernetesObject] = []
        private(set) var numbers: [ObjectReference: Int] = [:]
        private(set) var byKind: [ObjectKind: [Int]] = [:]
        private(set) var workloads: [Workload] = []
        private(set) var workloadNumbers: [ObjectReference: Int] = [:]
        private(set) var podLabels = LabelIndex()
        private(set) var services: [KubernetesObject] = []
        private(set) var serviceLabels = LabelIndex()
        private(set) var pools: [Pool] = []
        private(set) var nodeGroups: [Pool] = []
        private(set) var overlays: [Overlay] = []
        private(set) var autoscalers: [Autoscaler] = []
        private(set) var scalers: [ObjectReference: [Int]] = [:]
        private(set) var monitoringRules: [(object: KubernetesObject, rules: [ManifestValue])] = []
        let kustomizations: [Kustomization]
        private(set) var fileHeads: [KubernetesObject] = []

        /// Splits the manifests into objects; kustomizations come first, because they distinguish patches from objects.
        init(_ manifests: [Manifest], _ scope: TreeScope) {
            var kustomizations: [Kustomization] = []
            var others: [Manifest] = []
            for manifest in manifests {
                // Objects that a kustomization creates belong to its file as well.
                if isKustomization(manifest.path), !manifest.documents.contains(where: \.isObject) {
                    kustomizations += manifest.documents.map { Kustomization($0.root, path: manifest.path) }
                } else {
                    others.append(manifest)
                }
            }
            self.kustomizations = kustomizations
            impliesTolerations = !scope.isClosed
            let patches = Set(kustomizations.flatMap { $0.patches.map(\.path) + $0.data })
            for manifest in others where !patches.contains(manifest.path) {
                for document in manifest.documents { add(document.root, path: manifest.path) }
            }
        }

        /// Adds the content of a document: an object, a list of objects, or nothing that rules know.
        private mutating func add(_ root: ManifestValue, path: String) {
            guard let object = KubernetesObject(root, path: path) else { return }
            if object.kind.name.hasSuffix("List"), let items = root["items"]?.items {
                for item in items { add(item, path: path) }
            } else {
                add(object)
            }
        }

        private mutating func add(_ object: KubernetesObject) {
            let number = objects.count
            objects.append(object)
            byKind[object.kind, default: []].append(number)
            if numbers[object.reference] == nil { numbers[object.reference] = number }
            if fileHeads.last?.path != object.path { fileHeads.append(object) }
            if let workload = Workload(object, impliesTolerations: impliesTolerations) {
                podLabels.append(workload.labels, in: object.namespace)
                if numbers[object.reference] == number { workloadNumbers[object.reference] = workloads.count }
                workloads.append(workload)
            } else if let autoscaler = Autoscaler(object) {
                scalers[autoscaler.target, default: []].append(autoscalers.count)
                autoscalers.append(autoscaler)
            } else if object.kind == .service {
                serviceLabels.append(Labels(object.root["metadata"]?["labels"]), in: object.namespace)
                services.append(object)
            } else if object.kind == .prometheusRule {
                let groups = object.spec?["groups"]?.items ?? []
                monitoringRules.append((object, groups.flatMap { $0["rules"]?.items ?? [] }))
            } else if object.kind == .nodePool {
                pools.append(Pool(object))
            } else if object.kind == .clusterConfig {
                nodeGroups += object.root["managedNodeGroups"]?.items?.map { Pool(group: $0, of: object) } ?? []
            } else if object.kind == .nodeOverlay {
                overlays.append(Overlay(object))
            }
        }
    }
}

extension Document {
    /// Whether it is a Kubernetes object, not a kustomization.
    fileprivate var isObject: Bool {
        root["kind"]?.text.map { $0 != "Kustomization" && $0 != "Component" } ?? false
    }
}
