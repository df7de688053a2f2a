import Groundwork

extension Rule {
    static let missingPart = Rule(
        "missing-part", .gitops,
        why: "kustomize builds nothing at all where one file of its list is missing",
        accepts: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            --- # base/kustomization.yaml
            resources: [../example.yaml, "https://example.com/a.yaml"]
            --- # kustomization.yaml
            resources: [./base/]
            patches: [{path: patch.yaml}]
            --- # patch.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data: {a: b}
            """
        ],
        rejects: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            --- # kustomization.yaml
            resources: [example.yaml, ↓exampel.yaml, ↓base]
            """
        ]
    ) { tree, findings in
        for kustomization in tree.kustomizations {
            for part in kustomization.parts + kustomization.patches {
                let path = part.path
                guard tree.scope.covers(path), !tree.paths.contains(path), !tree.kustomizedFolders.contains(path)
                else { continue }
                let siblings = tree.paths.filter { folder(of: $0) == kustomization.base }.map { lastComponent(of: $0) }
                findings.add(
                    "`\(kustomization.path)` takes in `\(part.name.text ?? "")`, which the tree does not have",
                    at: part.name.place,
                    label: "no such file or kustomization", help: meant(part.name, siblings.sorted()))
            }
        }
    }
}
