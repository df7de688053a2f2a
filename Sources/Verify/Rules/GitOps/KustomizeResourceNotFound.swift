import Diagnostics
import Groundwork

extension Rule {
    static let kustomizeResourceNotFound = Rule(
        "kustomize-resource-not-found", .gitops,
        why: "`kustomize build` fails if one of the listed files does not exist",
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
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            --- # base/kustomization.yml
            resources: [../example.yaml]
            --- # canary/kustomization.yaml
            apiVersion: kustomize.config.k8s.io/v1alpha1
            kind: Component
            nameSuffix: -canary
            --- # prod/Kustomization
            resources: [../base, "github.com/example/models//base?ref=v1.2.0"]
            components: [../canary]
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data: {a: b}
            --- # kustomization.yaml
            resources: [example.yaml]
            # Inline, these are no paths.
            patchesStrategicMerge:
            - |-
              apiVersion: v1
              kind: ConfigMap
              metadata: {name: a}
              data: {b: c}
            patches:
            - target: {kind: ConfigMap}
              patch: |
                - {op: add, path: /data/c, value: d}
            """,
            """
            # Templates and files without objects exist, too.
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            --- # kustomization.yaml
            resources: [example.yaml, comments.yaml]
            configMapGenerator: [{name: b, behavior: add, files: [settings=comments.yaml]}]
            --- # comments.yaml
            # This file is generated.
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            --- # kustomization.yaml
            resources: [example.yaml, ↓exampel.yaml, ↓base]
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            --- # kustomization.yaml
            resources: [example.yaml]
            components: [↓canary]
            patches:
            - path: ↓patch.yaml
            - {path: ↓patches/labels.yaml, target: {kind: ConfigMap}}
            replacements: [{path: ↓replacement.yaml}]
            --- # patch.yml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data: {a: b}
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            --- # base/config.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: b}
            --- # prod/kustomization.yaml
            # A folder without a kustomization is none.
            resources: [../example.yaml, ↓../base]
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            --- # kustomization.yaml
            resources: [example.yaml]
            configMapGenerator:
            - {name: b, files: [example.yaml, ↓app.conf]}
            - {name: c, envs: [↓settings.env], literals: [a=b]}
            secretGenerator: [{name: d, files: [↓key=tls.key]}]
            """,
        ]
    ) { tree, findings in
        for kustomization in tree.kustomizations {
            for part in kustomization.parts + kustomization.patches {
                let path = part.path
                guard tree.scope.covers(path), !tree.paths.contains(path), !tree.kustomizedFolders.contains(path)
                else { continue }
                let maker = tree.scope.maker(of: lastComponent(of: path))
                let siblings = tree.paths.filter { folder(of: $0) == kustomization.base }.map { lastComponent(of: $0) }
                findings.add(
                    "`\(kustomization.path)` lists `\(part.name.text ?? "")`, which does not exist",
                    at: part.name.place,
                    label: "no such file or kustomization", notes: notes(maker),
                    help: maker == nil ? meant(part.name, siblings.sorted()) : nil, isCertain: maker == nil)
            }
            for file in kustomization.generatorFiles {
                guard tree.scope.covers(file.path), !tree.paths.contains(file.path), !file.path.isEmpty else {
                    continue
                }
                let maker = tree.scope.maker(of: lastComponent(of: file.path))
                findings.add(
                    "a generator of `\(kustomization.path)` reads `\(file.name.text ?? "")`, which does not exist",
                    at: file.name.place, label: "no such file", notes: notes(maker), isCertain: maker == nil)
            }
        }
    }
}

/// What speaks for a file that is made before the build.
private func notes(_ maker: SourceRange?) -> [Diagnostic.Note] {
    maker.map {
        [
            .init(
                lastComponent(of: $0.file.path) == ".gitignore"
                    ? "Git ignores a file of this name, which may be made before the build"
                    : "a script names the file, and may make it before the build", at: $0)
        ]
    } ?? []
}
