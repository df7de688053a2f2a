extension ManifestValue {
    /// The pod template of a workload; of a LeaderWorkerSet that of its leaders, which serve.
    package var podTemplate: ManifestValue? {
        let group = at("spec", "leaderWorkerTemplate")
        return at("spec", "template") ?? group?["leaderTemplate"] ?? group?["workerTemplate"]
    }

    /// The pods of each replica of a LeaderWorkerSet; nil for other workloads.
    package var podsPerGroup: Int? { at("spec", "leaderWorkerTemplate").map { $0["size"]?.integer ?? 1 } }
}
