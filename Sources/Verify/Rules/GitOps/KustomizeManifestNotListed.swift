import Diagnostics
import Groundwork

extension Rule {
    static let kustomizeManifestNotListed = Rule(
        "kustomize-manifest-not-listed", .gitops, inPartialTree: .warnOnEvidence,
        why: "kustomize applies only the files that a kustomization lists, and ignores all other files in the folder",
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
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            --- # kustomization.yaml
            resources: [example.yaml, models]
            components: [canary]
            patches: [{path: patch.yaml}]
            --- # patch.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data: {a: b}
            --- # models/kustomization.yaml
            resources: [b.yaml]
            --- # models/b.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: b}
            --- # canary/kustomization.yaml
            apiVersion: kustomize.config.k8s.io/v1alpha1
            kind: Component
            resources: [c.yaml]
            --- # canary/c.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: c}
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            --- # kustomization.yaml
            resources: [example.yaml]
            --- # values.yaml
            # No object: the values of a chart.
            image: {repository: vllm/vllm-openai, tag: v0.11.0}
            --- # other/kustomization.yaml
            # Built by itself.
            resources: [b.yaml]
            --- # other/b.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: b}
            """,
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
            """,
            """
            --- # kustomization.yaml
            resources: [models/a.yaml]
            --- # models/a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            --- # models/b.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: ↓b}
            """,
        ]
    ) { tree, findings in
        guard !tree.kustomizations.isEmpty else { return }
        let listed = Set(tree.kustomizations.flatMap { $0.parts.map(\.path) })
        for head in tree.fileHeads where !listed.contains(head.path) && !isKustomization(head.path) {
            guard !head.isSample, let kustomization = tree.kustomization(above: head.path) else { continue }
            let isBeside =
                kustomization.base == folder(of: head.path)
                && kustomization.parts.contains { folder(of: $0.path) == kustomization.base }
            findings.add(
                "no kustomization lists `\(head.path)`", at: head.place, label: "never applied",
                notes: [.init("the nearest kustomization is here", at: kustomization.root.place)], evidence: isBeside,
                fix: isBeside ? [kustomization.listing(head.path)] : [])
        }
    }
}

extension Kustomization {
    /// The edit that adds a file to the list of resources, in the layout of the list; nil if that is not clear.
    fileprivate func listing(_ path: String) -> TextEdit? {
        guard let last = root["resources"]?.items?.last?.place else { return nil }
        let file = last.file
        let name = lastComponent(of: path)
        let line = file.lineStarts[last.line - 1]
        let before = file.bytes[line..<last.start]
        guard let dash = before.firstIndex(where: { $0 != UInt8(ascii: " ") }), before[dash] == UInt8(ascii: "-"),
            before[(dash + 1)...].allSatisfy({ $0 == UInt8(ascii: " ") })
        else {
            let isFlow =
                file.bytes[..<last.start].last { $0 > UInt8(ascii: " ") }.map { "[,".utf8.contains($0) } ?? false
            return isFlow ? TextEdit(SourceRange(file, last.end, last.end), ", \(name)") : nil
        }
        // A comment at the end of the line stays with its item.
        let end = file.bytes[last.end...].firstIndex(of: UInt8(ascii: "\n")) ?? file.bytes.count
        let lead = String(decoding: before, as: UTF8.self)
        return TextEdit(SourceRange(file, end, end), "\n\(lead)\(name)")
    }
}

extension KubernetesObject {
    /// Whether its file is left out on purpose: a sample, or one of the roles that Kubebuilder writes for administrators to use.
    fileprivate var isSample: Bool {
        let file = lastComponent(of: path)
        if ["_editor_role.yaml", "_viewer_role.yaml", "_admin_role.yaml"].contains(where: { file.hasSuffix($0) }) {
            return kind.group == "rbac.authorization.k8s.io"
        }
        return ["samples", "examples"].contains(lastComponent(of: folder(of: path)))
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
