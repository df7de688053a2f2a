import Groundwork

/// Writes a regular expression for the names of models' pods, but not of others with the same prefix.
///
/// A pod of a Deployment is named <Deployment>-<hash>-<five letters>. Kubernetes writes both without vowels, so that
/// `model-a-canary-…` is not matched as a pod of `model-a`. Before the letters a name is truncated to 58 characters, its last
/// dash included.
func podPattern(_ models: [Placement]) -> String {
    let letters = "[bcdfghjklmnpqrstvwxz2456789]"
    let isTruncated = models.contains {
        $0.workloadName.utf8.count + ($0.isSplit ? "-surge".utf8.count : 0) + "-0123456789-".utf8.count > 58
    }
    let names = models.filter { !$0.runsInStatefulSet }.map { $0.isSplit ? "\($0.name)-(base|surge)" : $0.workloadName }
    let name = names.count == 1 ? names[0] : "(\(names.joined(separator: "|")))"
    let deployed = names.isEmpty ? [] : ["\(name)-\(letters){1,10}-\(isTruncated ? "?" : "")\(letters){5}"]
    // A pod of a StatefulSet has its number.
    let sets = models.filter(\.runsInStatefulSet).map { "\($0.workloadName)-[0-9]+" }
    return (deployed + sets).joined(separator: "|")
}

extension PromQL.Matcher {
    /// The label that names a Deployment or StatefulSet, for those of a model.
    static func deployments(of model: Placement) -> PromQL.Matcher {
        if model.isSplit { return .matches("deployment", "\(model.name)-(base|surge)") }
        return .equals(model.runsInStatefulSet ? "statefulset" : "deployment", model.workloadName)
    }

    /// The label that names its workload, for a model that scales to zero and is not split.
    static func workload(of model: Placement) -> PromQL.Matcher {
        .equals(model.runsInStatefulSet ? "statefulset" : "deployment", model.workloadName)
    }

    /// The label that names a pod, for those of models.
    static func pods(of models: [Placement]) -> PromQL.Matcher { .matches("pod", podPattern(models)) }
}

extension Placement {
    /// The metric with the replicas of its workload.
    var replicasMetric: MetricName { runsInStatefulSet ? .statefulSetReplicas : .deploymentReplicas }
    /// The metric with the available replicas of its workload.
    var availableMetric: MetricName { runsInStatefulSet ? .statefulSetAvailable : .deploymentAvailable }
}
