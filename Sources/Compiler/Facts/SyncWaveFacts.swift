import Groundwork

/// The wave in which Argo CD applies an object: nothing of a later wave is applied before all of an earlier one is healthy.
///
/// Pods may take long to become healthy, or never do. So nothing comes after them: what watches and scales them is in
/// their wave, in which Argo CD applies objects of unknown kinds last.
enum SyncWave: Int, Sendable {
    case namespaces = -3
    case foundations, nodes, workloads

    /// Why objects are in this wave.
    private var reason: String {
        switch self {
        case .namespaces: "a namespace comes before everything in it"
        case .foundations: "node classes, priorities, accounts and configuration come before what names them"
        case .nodes: "pools come after their node classes, claims after their device class, both before pods"
        case .workloads: "pods, and what watches and scales them: nothing waits until pods are ready"
        }
    }

    /// The value of the annotation: a text, as all annotations.
    var annotation: Traced<String> { Traced("\(rawValue)", .convention(reason)) }
}

let waveFacts = FactTable<SyncWave.Type>(
    "waves", "what Argo CD applies before what",
    [
        .fact("namespaces", "the wave of namespaces") { _ in SyncWave.namespaces.annotation },
        .fact("foundations", "the wave of what others name") { _ in SyncWave.foundations.annotation },
        .fact("nodes", "the wave of pools and claims") { _ in SyncWave.nodes.annotation },
        .fact("workloads", "the wave of pods, and of what watches and scales them") { _ in
            SyncWave.workloads.annotation
        },
    ])

/// How Argo CD treats single objects.
enum SyncOption {
    /// A custom resource can be applied in the sync that brings its definition.
    static let resource = "SkipDryRunOnMissingResource=true"
    /// Somebody says yes before it is deleted.
    static let guarded = "Prune=confirm,Delete=confirm"
}

let syncOptionFacts = FactTable<SyncOption.Type>(
    "syncOptions", "how Argo CD treats single objects",
    [
        .fact("resource", "for custom resources") { _ in
            Traced(
                SyncOption.resource, .convention("its definition may come by another Application in the same minute"))
        },
        .fact("guarded", "for what takes running models with it") { _ in
            Traced(SyncOption.guarded, .convention("deleting it stops models: somebody has to confirm"))
        },
        .fact("guardedResource", "for custom resources that take running models with them") { _ in
            Traced(
                "\(SyncOption.resource),\(SyncOption.guarded)",
                .convention("a custom resource whose deletion stops models: somebody has to confirm"))
        },
    ])
