import Groundwork

extension Rule {
    static let migLayoutDoesNotFit = Rule(
        "mig-layout-does-not-fit", .sharing,
        why:
            "a GPU has a limited number of placements for each MIG profile: a layout that does not fit fails, and the MIG manager leaves the node unchanged",
        accepts: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: mig-parted}
            data:
              config.yaml: |
                version: v1
                mig-configs:
                  all-balanced:
                  - devices: all
                    mig-enabled: true
                    mig-devices: {1g.10gb: 2, 2g.20gb: 1, 3g.40gb: 1}
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: mig-parted}
            data:
              config.yaml: |
                version: v1
                mig-configs:
                  all-disabled: [{devices: all, mig-enabled: false}]
                  all-1g.10gb: [{devices: all, mig-enabled: true, mig-devices: {1g.10gb: 7}}]
                  all-4g-and-3g: [{devices: all, mig-enabled: true, mig-devices: {4g.40gb: 1, 3g.40gb: 1}}]
                  each-its-own:
                  - {devices: [0], mig-enabled: true, mig-devices: {3g.40gb: 2}}
                  - {devices: [1, 2], mig-enabled: true, mig-devices: {1g.10gb: 3, 2g.20gb: 2}}
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: mig-parted}
            data:
              config.yaml: |
                version: v1
                mig-configs:
                  a30: [{devices: all, mig-enabled: true, mig-devices: {1g.6gb: 4}}]
                  h200: [{devices: all, mig-enabled: true, mig-devices: {1g.35gb: 4}}]
                  either:
                  - {devices: all, device-filter: ["0x20B010DE"], mig-enabled: true, mig-devices: {1g.5gb: 7}}
                  - {devices: all, device-filter: ["0x233010DE"], mig-enabled: true, mig-devices: {1g.10gb: 7}}
            """,
            """
            # A filter names GPUs that the catalog does not have, and `+me` is a partition of the same size.
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data:
              config.yaml: |
                version: v1
                mig-configs:
                  all-1g.35gb:
                  - {device-filter: ["0x31C210DE"], devices: all, mig-enabled: true, mig-devices: {"1g.35gb": 7}}
                  media:
                  - {devices: all, mig-enabled: true, mig-devices: {"1g.10gb": 6, "1g.10gb+me": 1}}
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: mig-parted}
            data:
              config.yaml: |
                version: v1
                mig-configs:
                  two-and-three:
                  - devices: all
                    mig-enabled: true
                    ↓mig-devices: {1g.10gb: 3, 3g.40gb: 2}
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: mig-parted}
            data:
              config.yaml: |
                version: v1
                mig-configs:
                  eight: [{devices: all, mig-enabled: true, ↓mig-devices: {1g.10gb: 8}}]
                  h200: [{devices: all, mig-enabled: true, ↓mig-devices: {1g.35gb: 5}}]
                  a-little-more:
                  - {devices: [0], mig-enabled: true, mig-devices: {4g.40gb: 1, 3g.40gb: 1}}
                  - {devices: [1], mig-enabled: true, ↓mig-devices: {4g.40gb: 1, 3g.40gb: 1, 1g.10gb: 1}}
            """,
        ]
    ) { tree, findings in
        for layout in tree.sliceLayouts {
            // A filter names the GPUs by their PCI devices.
            for part in layout.value.items ?? [] where part["device-filter"] == nil {
                guard let gpus = part["mig-devices"]?.unplaceable else { continue }
                findings.add(
                    "the MIG layout `\(layout.key)` does not fit on \(gpus)", at: part.keyPlace("mig-devices"),
                    label: "no room for all of these instances")
            }
        }
    }
}

extension Inventory {
    /// The MIG manager's layouts in ConfigMaps, by name.
    var sliceLayouts: [ManifestValue.Entry] {
        objects(.configMap).flatMap { map in
            (map.root["data"]?.entries ?? []).flatMap { entry -> [ManifestValue.Entry] in
                // Dashboards are most of the data in ConfigMaps, and all of the large data.
                if entry.key.hasSuffix(".json") { return [] }
                let isCandidate = entry.value.nested != nil || entry.value.text?.mentions("mig-configs") ?? false
                return isCandidate ? entry.value.document?["mig-configs"]?.entries ?? [] : []
            }
        }
    }
}

extension ManifestValue {
    /// The GPUs that have all of these MIG profiles but no room for them, in words; nil if a GPU has room.
    ///
    /// Profiles of GPUs that EC2 does not have are not checked.
    fileprivate var unplaceable: String? {
        let wanted = (entries ?? []).map { (plainProfile($0.key), $0.value.count ?? 0) }.filter { $0.1 > 0 }
        guard !wanted.isEmpty, wanted.reduce(0, { $0 + $1.1 }) <= 64 else { return nil }
        let gpus = Catalog.gpus.filter { gpu in
            let names = Set(Catalog.migProfiles(gpu: gpu.id).map(\.name))
            return wanted.allSatisfy { names.contains($0.0) }
        }
        let fits = gpus.contains { gpu in
            let profiles = Catalog.migProfiles(gpu: gpu.id)
            let all = wanted.flatMap { name, count in
                profiles.first { $0.name == name }.map { Array(repeating: $0, count: count) } ?? []
            }
            return placeInstances(all, on: gpu) != nil
        }
        if fits || gpus.isEmpty { return nil }
        return gpus.count == 1 ? "GPU `\(gpus[0].id)`" : "any GPU with these profiles"
    }
}
