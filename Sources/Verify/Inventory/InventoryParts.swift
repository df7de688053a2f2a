import Groundwork

extension Inventory {
    /// An inventory being built.
    struct Parts {
        /// Whether pods get the tolerations that EKS adds; generated pods list all of them.
        private let impliesTolerations: Bool
        private(set) var objects: [KubernetesObject] = []
        private(set) var numbers: [ObjectReference: Int] = [:]
        private(set) var byKind: [ObjectKind: [Int]] = [:]
        /// The workloads, and behind them the pods that a workload of a dump created.
        private(set) var workloads: [Workload] = []
        private(set) var ownWorkloads = 0
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
        /// The labels of pods that objects of other kinds create.
        private(set) var foreignPodLabels = LabelIndex()
        private var created: [Workload] = []
        /// The objects that kustomize leaves out.
        private(set) var leftOut: [KubernetesObject] = []
        private(set) var fileHeads: [KubernetesObject] = []
        /// The values of Helm charts that serve models.
        private(set) var chartValues: [ManifestValue] = []

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
                if scope.built.leftOut.contains(manifest.path) {
                    leftOut += manifest.documents.compactMap { KubernetesObject($0.root, path: manifest.path) }
                    if let head = leftOut.first(where: { $0.path == manifest.path }) { fileHeads.append(head) }
                    continue
                }
                for document in manifest.documents { add(document.root, path: manifest.path) }
            }
            ownWorkloads = workloads.count
            for workload in created {
                podLabels.append(workload.labels, in: workload.object.namespace)
                workloads.append(workload)
            }
        }

        /// Adds the content of a document: an object, a list of objects, or nothing that rules know.
        private mutating func add(_ root: ManifestValue, path: String) {
            guard let object = KubernetesObject(root, path: path) else {
                if root["servingEngineSpec"] != nil { chartValues.append(root) }
                return
            }
            if object.kind.name.hasSuffix("List"), let items = root["items"]?.items {
                for item in items { add(item, path: path) }
            } else {
                add(object)
            }
        }

        private mutating func add(_ object: KubernetesObject) {
            let number = objects.count
            objects.append(object)
            if numbers[object.reference] == nil { numbers[object.reference] = number }
            if fileHeads.last?.path != object.path { fileHeads.append(object) }
            // A former version of Karpenter's API has other fields and other semantics.
            if object.isOfFormerKarpenter {
                if object.kind == .nodePool { nodeGroups.append(Pool(object)) }
                return
            }
            // The controller of its owner made it, and the rules are for what the owner says.
            if object.isCreated {
                if let workload = Workload(object, impliesTolerations: impliesTolerations) { created.append(workload) }
                return
            }
            byKind[object.kind, default: []].append(number)
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
                monitoringRules.append((object, groups.flatMap { $0.items(of: "rules") }))
            } else if object.kind == .nodePool {
                pools.append(Pool(object))
            } else if object.kind == .clusterConfig {
                nodeGroups += object.root["managedNodeGroups"]?.items?.map { Pool(group: $0, of: object) } ?? []
            } else if object.kind == .nodeOverlay {
                overlays.append(Overlay(object))
            } else if object.kind.hasForeignPods {
                for labels in object.spec?.podLabels ?? [] { foreignPodLabels.append(labels, in: object.namespace) }
            }
        }
    }
}

extension ManifestValue {
    /// The labels of the pod templates in an object of any kind.
    fileprivate var podLabels: [Labels] {
        var found: [Labels] = []
        func visit(_ value: ManifestValue, _ depth: Int) {
            if depth > 7 { return }
            if value["spec"]?["containers"] != nil, let labels = value["metadata"]?["labels"] {
                found.append(Labels(labels))
            }
            value.forEachEntry { _, _, member in
                let member = member()
                if member.kind == .mapping { visit(member, depth + 1) }
                member.forEachItem { if $0.kind == .mapping { visit($0, depth + 1) } }
                return true
            }
        }
        visit(self, 0)
        return found
    }
}

extension ObjectKind {
    /// Whether its objects may create pods by controllers of their own, as those of LeaderWorkerSet, Ray and KServe do.
    fileprivate var hasForeignPods: Bool {
        let groups = [
            "leaderworkerset.x-k8s.io", "ray.io", "jobset.x-k8s.io", "kubeflow.org", "serving.kserve.io",
            "serving.knative.dev", "batch.volcano.sh", "kubeai.org", "production-stack.vllm.ai", "nvidia.com",
            "inference.ai", "orchestration.aibrix.ai", "ome.io", "apps.kruise.io", "sparkoperator.k8s.io",
        ]
        return groups.contains { group == $0 } || name == "LeaderWorkerSet" || name == "ReplicationController"
    }
}

extension Document {
    /// Whether it is a Kubernetes object, not a kustomization.
    fileprivate var isObject: Bool {
        root["kind"]?.text.map { $0 != "Kustomization" && $0 != "Component" } ?? false
    }
}
