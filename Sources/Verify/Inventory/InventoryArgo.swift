import Groundwork

extension ObjectKind {
    static let application = Self("argoproj.io", "Application")
    static let applicationSet = Self("argoproj.io", "ApplicationSet")
}

extension Inventory {
    /// What Argo CD leaves alone: an entry of `ignoreDifferences`.
    struct IgnoredDifference: Sendable {
        let application: KubernetesObject
        /// The entry as written.
        let value: ManifestValue
        /// Whether a sync leaves the fields alone, too.
        let isRespected: Bool
        /// Whether Argo CD syncs without being asked.
        let isAutomated: Bool

        /// Whether it is about the replicas of a workload.
        var isOfReplicas: Bool {
            let paths = (value["jsonPointers"]?.texts ?? []) + (value["jqPathExpressions"]?.texts ?? [])
            return paths.contains { $0 == "/spec/replicas" || $0.contains(".spec.replicas") }
                || (value["managedFieldsManagers"]?.texts ?? []).contains {
                    $0.contains("controller-manager") || $0.contains("keda")
                }
        }

        /// Whether it names an object; without a name, every object of its kind.
        func covers(_ object: KubernetesObject) -> Bool {
            func admits(_ key: String, _ text: String) -> Bool {
                guard let own = value[key]?.text, !own.isEmpty else { return key != "group" || text.isEmpty }
                return own == "*" || own == text
            }
            return admits("group", object.kind.group) && admits("kind", object.kind.name)
                && admits("name", object.name) && admits("namespace", object.namespace)
        }
    }

    /// The differences that the Applications of the tree ignore.
    var ignoredDifferences: [IgnoredDifference] {
        (objects(.application) + objects(.applicationSet)).flatMap { application -> [IgnoredDifference] in
            let isSet = application.kind == .applicationSet
            guard let spec = isSet ? application.spec?["template"]?["spec"] : application.spec else { return [] }
            let policy = spec["syncPolicy"]
            let isRespected = policy?["syncOptions"]?.texts?.contains("RespectIgnoreDifferences=true") ?? false
            let isAutomated = policy?["automated"].map { $0["enabled"]?.boolean != false } ?? false
            return spec.items(of: "ignoreDifferences").map {
                IgnoredDifference(
                    application: application, value: $0, isRespected: isRespected, isAutomated: isAutomated)
            }
        }
    }
}
