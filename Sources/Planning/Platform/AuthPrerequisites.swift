import Groundwork

/// What the autoscalers need in order to query Prometheus, in sentences; none if it asks for no credentials.
func authPrerequisites(_ platform: PlatformSpec, _ models: [Placement]) -> [String] {
    guard let auth = platform.monitoring.auth else { return [] }
    let scaled = models.filter(\.isAutoscaled).map(\.spec.scaling.by.value)
    var list: [String] = []
    if scaled.contains(.keda), let sigV4 = auth.sigV4 {
        let role = sigV4.roleArn.map { "may assume `\($0.value)`, which" } ?? "has an IAM role that"
        list.append("The ServiceAccount of KEDA's operator \(role) may call `aps:QueryMetrics` on the workspace.")
    }
    var secrets: [(name: String, keys: [String])] = []
    if let bearer = auth.bearer { secrets.append((bearer.secret.value, [bearer.key.value])) }
    if let basic = auth.basic { secrets.append((basic.secret.value, ["username", "password"])) }
    if let ca = auth.ca { secrets.append((ca.secret.value, [ca.key.value])) }
    for secret in secrets {
        let keys = "with the \(secret.keys.count == 1 ? "key" : "keys") \(enumerated(secret.keys))"
        if scaled.contains(.keda) {
            let users = models.filter { $0.isAutoscaled && $0.spec.scaling.by.value == .keda }
            list += namespaces(of: users).map { namespace in
                "Secret `\(secret.name)` in namespace `\(namespace.value)` \(keys), with which KEDA queries Prometheus."
            }
        }
        if scaled.contains(.hpa) {
            list.append("Secret `\(secret.name)` in the namespace of prometheus-adapter \(keys).")
        }
    }
    return list
}
