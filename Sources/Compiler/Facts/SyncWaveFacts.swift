import Groundwork

/// The wave in which Argo CD applies an object, after all objects of earlier waves are healthy.
///
/// Pods may take long to become healthy, or never do. So no wave comes after them: monitors and scalers are in
/// their wave, in which Argo CD applies objects of unknown kinds last.
enum SyncWave: Int, Sendable {
    case namespaces = -3
    case foundations, nodes, workloads

    /// Why objects are in this wave.
    private var reason: String {
        switch self {
        case .namespaces: "a namespace comes before its contents"
        case .foundations:
            "node classes, priorities, accounts and configuration come before the objects that refer to them"
        case .nodes: "pools come after their node classes, claims after their device classes, both before pods"
        case .workloads: "pods, with their monitors and scalers: no wave waits until pods are ready"
        }
    }

    /// The value of the annotation: a string, like all annotations.
    var annotation: Traced<String> { Traced("\(rawValue)", .convention(reason)) }
}

let waveFacts = FactTable<SyncWave.Type>(
    "waves", "the sync waves of Argo CD",
    [
        .fact("namespaces", "the wave of namespaces") { _ in SyncWave.namespaces.annotation },
        .fact("foundations", "the wave of objects that others refer to") { _ in SyncWave.foundations.annotation },
        .fact("nodes", "the wave of pools and claims") { _ in SyncWave.nodes.annotation },
        .fact("workloads", "the wave of pods, and of their monitors and scalers") { _ in
            SyncWave.workloads.annotation
        },
    ])

/// The sync options of Argo CD for single objects.
enum SyncOption {
    /// Lets a custom resource be synced together with its CRD.
    static let resource = "SkipDryRunOnMissingResource=true"
    /// Requires a manual confirmation before deletion.
    static let guarded = "Prune=confirm,Delete=confirm"
}

let syncOptionFacts = FactTable<SyncOption.Type>(
    "syncOptions", "the sync options of Argo CD for single objects",
    [
        .fact("resource", "for custom resources") { _ in
            Traced(
                SyncOption.resource, .convention("another Application may install its CRD at the same time"))
        },
        .fact("guarded", "for objects whose deletion stops running models") { _ in
            Traced(SyncOption.guarded, .convention("its deletion stops models: require confirmation"))
        },
        .fact("guardedResource", "for custom resources whose deletion stops running models") { _ in
            Traced(
                "\(SyncOption.resource),\(SyncOption.guarded)",
                .convention("a custom resource whose deletion stops models: require confirmation"))
        },
    ])
