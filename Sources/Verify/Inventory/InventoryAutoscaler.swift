import Groundwork

extension Inventory {
    /// A ScaledObject or HorizontalPodAutoscaler.
    ///
    /// A class, because rules pass it on far more often than they read it.
    final class Autoscaler: Sendable {
        let object: KubernetesObject
        let target: ObjectReference
        /// The target's name as written.
        let targetName: ManifestValue

        /// Reads an object as an autoscaler; nil if it is not one, or has no target.
        init?(_ object: KubernetesObject) {
            guard object.kind == .scaledObject || object.kind == .horizontalPodAutoscaler,
                let reference = object.spec?["scaleTargetRef"], let name = reference["name"]
            else { return nil }
            self.object = object
            let version = reference["apiVersion"]?.text ?? "apps/v1"
            let kind = ObjectKind(apiVersion: version, reference["kind"]?.text ?? "Deployment")
            target = ObjectReference(kind, name.text ?? "", in: object.namespace)
            targetName = name
        }

        private var isKEDA: Bool { object.kind == .scaledObject }
        /// The minimum of replicas, as written.
        var least: ManifestValue? { object.spec?[isKEDA ? "minReplicaCount" : "minReplicas"] }
        /// The maximum of replicas, as written.
        var most: ManifestValue? { object.spec?[isKEDA ? "maxReplicaCount" : "maxReplicas"] }
        /// The minimum of replicas, or its default.
        var minimum: Int { least?.integer ?? (isKEDA ? 0 : 1) }
        /// The maximum of replicas, or its default; the API server rejects an HPA without one.
        var maximum: Int? { most?.integer ?? (isKEDA ? 100 : nil) }
        /// The name that a ScaledObject sets for its HPA, as written.
        var customHorizontalName: ManifestValue? {
            isKEDA ? object.spec?["advanced"]?["horizontalPodAutoscalerConfig"]?["name"] : nil
        }
        /// The name of the HPA that it creates or is.
        var horizontalName: String {
            isKEDA ? customHorizontalName?.text ?? "keda-hpa-\(object.name)" : object.name
        }
        /// Whether it takes over an existing HPA.
        var takesOver: Bool {
            object.root["metadata"]?["annotations"]?["scaledobject.keda.sh/transfer-hpa-ownership"]?.text == "true"
        }
    }
}
