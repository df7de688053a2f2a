import Groundwork

extension Inventory {
    /// An object that creates pods.
    ///
    /// A class, because rules pass it on far more often than they read it.
    final class Workload: Sendable {
        let object: KubernetesObject
        /// The labels of its pods.
        let labels: Labels
        /// The labels of its pods as written.
        let labelValue: ManifestValue?
        /// Its selector of pods; nil for kinds that need none.
        let selector: LabelSelector?
        let pod: Pod

        /// Reads an object as a workload; nil if it is not one.
        ///
        /// With `impliesTolerations`, its pods have the tolerations that EKS adds.
        init?(_ object: KubernetesObject, impliesTolerations: Bool = false) {
            let spec = object.spec
            let template: ManifestValue?
            switch object.kind {
            case .deployment, .statefulSet, .daemonSet, .replicaSet, .job, .rollout: template = spec?["template"]
            case .cronJob: template = spec?["jobTemplate"]?["spec"]?["template"]
            case .scaledJob: template = spec?["jobTargetRef"]?["template"]
            case .pod: template = object.root
            case .inferenceService: template = nil
            default: return nil
            }
            let predictor = object.kind == .inferenceService ? spec?["predictor"] : nil
            guard let podSpec = template?["spec"] ?? predictor else { return nil }
            let ownsPods =
                object.kind != .job && object.kind != .cronJob && object.kind != .scaledJob && object.kind != .pod
                && object.kind != .inferenceService
            self.object = object
            labelValue = template?["metadata"]?["labels"]
            labels = Labels(labelValue)
            selector = ownsPods ? spec?["selector"].map { LabelSelector($0) } : nil
            pod = Pod(podSpec, impliesTolerations: impliesTolerations)
        }

        /// Whether its pods end by themselves.
        var endsByItself: Bool {
            switch object.kind {
            case .job, .cronJob, .scaledJob: true
            default: pod.spec["restartPolicy"]?.text.map { $0 != "Always" } ?? false
            }
        }

        /// Whether each node gets one pod.
        var isDaemon: Bool { object.kind == .daemonSet }
    }
}
