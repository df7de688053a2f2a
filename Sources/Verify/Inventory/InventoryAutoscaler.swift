import Groundwork

extension Inventory {
    /// A ScaledObject or HorizontalPodAutoscaler.
    ///
    /// A class, because rules hand it on far more often than they read it.
    final class Autoscaler: Sendable {
        let object: KubernetesObject
        let target: ObjectReference
        /// The target's name as written.
        let targetName: ManifestValue

        /// Reads an object as an autoscaler; nil if it is none, or names no target.
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
        /// The least replicas, as written.
        var least: ManifestValue? { object.spec?[isKEDA ? "minReplicaCount" : "minReplicas"] }
        /// The most replicas, as written.
        var most: ManifestValue? { object.spec?[isKEDA ? "maxReplicaCount" : "maxReplicas"] }
        /// The least replicas, with the default.
        var minimum: Int { least?.integer ?? (isKEDA ? 0 : 1) }
        /// The most replicas, with the default; an HPA without is refused by the API server.
        var maximum: Int? { most?.integer ?? (isKEDA ? 100 : nil) }
        /// The name of the HPA that it makes or is.
        var horizontalName: String {
            guard isKEDA else { return object.name }
            let advanced = object.spec?["advanced"]?["horizontalPodAutoscalerConfig"]?["name"]?.text
            return advanced ?? "keda-hpa-\(object.name)"
        }
        /// Whether it takes over an HPA that is there already.
        var takesOver: Bool {
            object.root["metadata"]?["annotations"]?["scaledobject.keda.sh/transfer-hpa-ownership"]?.text == "true"
        }
    }
}
