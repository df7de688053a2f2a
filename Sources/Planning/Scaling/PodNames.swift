import Groundwork

/// Writes a regular expression for the names of models' pods, but not of others with the same prefix.
///
/// A pod of a Deployment is named <Deployment>-<hash>-<five letters>. Kubernetes writes both without vowels, so that
/// `model-a-canary-…` is not matched as a pod of `model-a`. Before the letters a name is truncated to 58 characters, its last
/// dash included.
func podPattern(_ models: [Placement]) -> String {
    let letters = "[bcdfghjklmnpqrstvwxz2456789]"
    let isTruncated = models.contains {
        $0.name.utf8.count + ($0.isSplit ? "-surge".utf8.count : 0) + "-0123456789-".utf8.count > 58
    }
    let names = models.map { $0.isSplit ? "\($0.name)-(base|surge)" : $0.name }
    let name = names.count == 1 ? names[0] : "(\(names.joined(separator: "|")))"
    return "\(name)-\(letters){1,10}-\(isTruncated ? "?" : "")\(letters){5}"
}

extension PromQL.Matcher {
    /// The label that names a Deployment, for those of a model.
    static func deployments(of model: Placement) -> PromQL.Matcher {
        model.isSplit ? .matches("deployment", "\(model.name)-(base|surge)") : .equals("deployment", model.name)
    }

    /// The label that names a pod, for those of models.
    static func pods(of models: [Placement]) -> PromQL.Matcher { .matches("pod", podPattern(models)) }
}
