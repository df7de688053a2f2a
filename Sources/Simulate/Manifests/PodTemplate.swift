import Groundwork

/// The pod template of a workload: that of the leaders for a LeaderWorkerSet.
package func podTemplate(of workload: ManifestValue) -> ManifestValue? {
    let groups = workload.at("spec", "leaderWorkerTemplate")
    return workload.at("spec", "template") ?? groups?["leaderTemplate"] ?? groups?["workerTemplate"]
}
