import Groundwork

extension Rule {
    static let fluxSubstitutesVariable = Rule(
        "flux-substitutes-variable", .gitops, .warning, readsPlaceholders: true,
        why:
            "with `postBuild`, Flux replaces every `${…}` in the objects, also in dashboards and scripts: a variable that it "
            + "does not know becomes empty, or fails the reconciliation",
        accepts: [
            """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: a}
            spec: {path: ./monitoring, postBuild: {substitute: {cluster: a}}}
            --- # monitoring/dashboard.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data: {a.json: '{"title": "${cluster}", "datasource": "$${DS_PROMETHEUS}", "interval": "${step:=5m}"}'}
            """,
            """
            # Without `postBuild` nothing is replaced.
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: a}
            spec: {path: ./monitoring}
            --- # monitoring/dashboard.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data: {a.json: '{"datasource": "${DS_PROMETHEUS}"}'}
            """,
            """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: a}
            spec: {path: ./monitoring, postBuild: {substitute: {cluster: a}}}
            --- # monitoring/dashboard.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: a
              annotations: {kustomize.toolkit.fluxcd.io/substitute: disabled}
            data: {a.json: '{"datasource": "${DS_PROMETHEUS}"}', run.sh: echo $HOME}
            --- # other/script.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: b}
            data: {run.sh: 'echo ${HOME}'}
            """,
        ],
        rejects: [
            """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: a}
            spec: {path: ./monitoring, postBuild: {substitute: {cluster: a}}}
            --- # monitoring/dashboard.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data: {a.json: '{"title": "${cluster}", "datasource": "↓${DS_PROMETHEUS}"}'}
            """,
            """
            # The variables of a shell script are not those of Flux.
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: a}
            spec: {path: models, postBuild: {substitute: {region: us-east-1}}}
            --- # models/chat.yaml
            apiVersion: v1
            kind: Pod
            metadata: {name: chat}
            spec:
              containers:
              - name: sync
                command: [sh, -c, 'aws s3 sync "s3://weights/↓${MODEL}" /models --region ${region}']
            """,
            """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: a}
            spec:
              path: ./monitoring
              postBuild: {substituteFrom: [{kind: ConfigMap, name: vars}]}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: vars}
            data: {cluster: a}
            --- # monitoring/gpu/rules.yaml
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {alert: A, expr: up == 0, annotations: {summary: "↓${instance:regex} of ${cluster} is down"}}
            """,
        ]
    ) { tree, findings in
        for flux in tree.objects
        where flux.kind.group == "kustomize.toolkit.fluxcd.io" && flux.kind.name == "Kustomization" {
            guard let spec = flux.spec, let build = spec["postBuild"],
                let folder = AppliedPath(spec["path"]?.text)
            else { continue }
            var known = Set((build["substitute"]?.entries ?? []).map(\.key))
            var isKnownAll = true
            for source in build.items(of: "substituteFrom") {
                let map = tree.objects(.configMap).first { map in
                    source["kind"]?.text == "ConfigMap" && map.name == source["name"]?.text
                        && (map.namespace == flux.namespace || map.root["metadata"]?["namespace"] == nil)
                }
                isKnownAll = isKnownAll && map != nil
                known.formUnion((map?.root["data"]?.entries ?? []).map(\.key))
            }
            for object in tree.objects where folder.holds(object.path) && object.isSubstituted {
                var seen: Set<String> = []
                object.root.forEachScalar { value, text in
                    for (name, extent) in fluxVariables(text)
                    where !known.contains(name) && (isKnownAll || isOfDashboard(name)) && seen.insert(name).inserted {
                        findings.add(
                            "Flux replaces `${\(name)}` of \(object.words), and \(flux.words) does not set it",
                            at: value.place(ofContent: extent), label: "becomes empty, or fails the reconciliation",
                            notes: [.init("the variables are set here", at: build.place)],
                            help: "write `$${\(name)}`, or annotate the object with "
                                + "`kustomize.toolkit.fluxcd.io/substitute: disabled`")
                    }
                }
            }
        }
    }
}

/// A path of a repository, whose place among the files is not known.
private struct AppliedPath {
    private let path: String

    init?(_ text: String?) {
        let steps = (text ?? "").split(separator: "/").filter { $0 != "." }
        if steps.isEmpty { return nil }
        path = steps.joined(separator: "/")
    }

    /// Tells whether a file lies below it.
    func holds(_ file: String) -> Bool { file.hasPrefix("\(path)/") || file.contains("/\(path)/") }
}

/// Tells whether a variable is one of Grafana, which no cluster defines for Flux.
private func isOfDashboard(_ name: String) -> Bool {
    name.hasPrefix("DS_") || name.hasPrefix("__") || name == "datasource"
}

/// The variables that Flux replaces in a text and that have no default, with their bytes.
private func fluxVariables(_ text: String) -> [(name: String, extent: Range<Int>)] {
    guard text.mentions("${") else { return [] }
    let bytes = Array(text.utf8)
    var found: [(String, Range<Int>)] = []
    var index = 0
    while index + 1 < bytes.count {
        guard bytes[index] == UInt8(ascii: "$") else {
            index += 1
            continue
        }
        if bytes[index + 1] == UInt8(ascii: "$") {
            index += 2
            continue
        }
        guard bytes[index + 1] == UInt8(ascii: "{"), let end = bytes[index...].firstIndex(of: UInt8(ascii: "}")) else {
            index += 1
            continue
        }
        let inner = bytes[(index + 2)..<end]
        let name = inner.prefix { byte in
            byte == UInt8(ascii: "_") || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
                || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
        }
        let rest = inner.dropFirst(name.count)
        let hasDefault = [":-", ":=", "-", "="].contains { rest.starts(with: $0.utf8) }
        if !name.isEmpty, !hasDefault { found.append((String(decoding: name, as: UTF8.self), index..<end + 1)) }
        index = end + 1
    }
    return found
}

extension KubernetesObject {
    /// Whether Flux replaces variables in it.
    fileprivate var isSubstituted: Bool {
        let key = "kustomize.toolkit.fluxcd.io/substitute"
        let metadata = root["metadata"]
        return metadata?["annotations"]?[key]?.text != "disabled" && metadata?["labels"]?[key]?.text != "disabled"
    }
}

extension ManifestValue {
    /// Visits every scalar with text.
    fileprivate func forEachScalar(_ body: (ManifestValue, String) -> Void) {
        switch kind {
        case .mapping:
            forEachEntry { _, _, value in
                value().forEachScalar(body)
                return true
            }
        case .list: forEachItem { $0.forEachScalar(body) }
        default: if let text { body(self, text) }
        }
    }
}
