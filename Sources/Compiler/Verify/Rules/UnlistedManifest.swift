extension Rule {
    static let unlistedManifest = Rule(
        "unlisted-manifest", .gitops, elsewhere: .onEvidence,
        why: "kustomize applies the files of its list, and no other that lies beside them",
        accepts: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            --- # models/kustomization.yaml
            resources: [b.yaml]
            --- # models/b.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: b}
            """
        ],
        rejects: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: ↓a}
            --- # kustomization.yaml
            resources: [b.yaml]
            --- # b.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: b}
            """
        ]
    ) { tree, findings in
        guard !tree.kustomizations.isEmpty else { return }
        let listed = Set(tree.kustomizations.flatMap { $0.parts.map(\.path) })
        for head in tree.fileHeads where !listed.contains(head.path) && !isKustomization(head.path) {
            guard let kustomization = tree.kustomization(above: head.path) else { continue }
            findings.add(
                "no kustomization takes in `\(head.path)`", at: head.place, label: "never applied",
                notes: [.init("the nearest one is here", at: kustomization.root.place)],
                evidence: kustomization.base == folder(of: head.path)
                    && kustomization.parts.contains { folder(of: $0.path) == kustomization.base })
        }
    }
}

extension Inventory {
    /// Finds the kustomization of a file's folder, or else of the nearest folder above.
    fileprivate func kustomization(above path: String) -> Kustomization? {
        var place = folder(of: path)
        while !kustomizedFolders.contains(place) {
            if place.isEmpty { return nil }
            place = folder(of: place)
        }
        return kustomizations.first { $0.base == place }
    }
}
