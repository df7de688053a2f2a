import Diagnostics
import Foundation
import Testing

@testable import Compiler
@testable import Groundwork
@testable import Planning

private let waveKey = "argocd.argoproj.io/sync-wave"
private let optionKey = "argocd.argoproj.io/sync-options"

/// The groups whose kinds Argo CD has in its order, for objects of one wave.
private let builtInGroups = ["", "apps", "autoscaling", "policy", "rbac.authorization.k8s.io"]

/// An object of a tree, as Argo CD sees it.
private struct Synced {
    let kind: String
    let group: String
    let namespace: String
    let name: String
    let root: ManifestValue

    var words: String { "\(kind) \(namespace)/\(name)" }
    var annotations: [String: String] {
        Dictionary(
            (root["metadata"]?["annotations"]?.entries ?? []).map { ($0.key, $0.value.text ?? "") },
            uniquingKeysWith: { first, _ in first })
    }
    var isCustom: Bool {
        group.contains(".") && !group.hasSuffix(".k8s.io") || ["karpenter.sh", "karpenter.k8s.aws"].contains(group)
    }

    init(_ root: ManifestValue) {
        let version = root["apiVersion"]?.text ?? ""
        group = version.contains("/") ? String(version.split(separator: "/")[0]) : ""
        kind = root["kind"]?.text ?? ""
        namespace = root["metadata"]?["namespace"]?.text ?? ""
        name = root["metadata"]?["name"]?.text ?? ""
        self.root = root
    }
}

/// The keys under which a name stands, with the kind that it names.
private let namingKeys: [String: String] = [
    "priorityClassName": "PriorityClass", "serviceAccountName": "ServiceAccount", "deviceClassName": "DeviceClass",
    "resourceClaimTemplateName": "ResourceClaimTemplate",
]

/// The keys that hold a reference with a name, with its kind where the reference does not say it.
private let referenceKeys: [String: String] = [
    "nodeClassRef": "EC2NodeClass", "scaleTargetRef": "Deployment", "roleRef": "ClusterRole", "subjects": "",
    "configMap": "ConfigMap", "configMapKeyRef": "ConfigMap", "configMapRef": "ConfigMap", "describedObject": "",
]

/// Collects what an object names: kind and name of each, wherever they stand in it.
private func references(_ value: ManifestValue, _ found: inout [(kind: String, name: String)]) {
    for entry in value.entries ?? [] {
        if let kind = namingKeys[entry.key], let name = entry.value.text { found.append((kind, name)) }
        if let kind = referenceKeys[entry.key] {
            for reference in entry.value.items ?? [entry.value] {
                guard let name = reference["name"]?.text else { continue }
                found.append((reference["kind"]?.text ?? kind, name))
            }
        }
        references(entry.value, &found)
    }
    for item in value.items ?? [] {
        // An overlay names its pool as a node would: by label.
        if item["key"]?.text == "karpenter.sh/nodepool" {
            found += (item["values"]?.items ?? []).compactMap(\.text).map { ("NodePool", $0) }
        }
        references(item, &found)
    }
}

/// Compiles a case or example for Argo CD, whatever it asks for.
private func objects(of spec: URL) throws -> [Synced]? {
    var text = String(decoding: try Data(contentsOf: spec), as: UTF8.self)
    guard !text.contains("engine: flux") else { return nil }
    if !text.contains("gitops:") {
        guard let start = text.range(of: "\n  models:") else { return nil }
        text.insert(
            contentsOf: "\n  gitops: {engine: argocd, repository: 'https://git.example.com/a.git', path: out/a}",
            at: start.lowerBound)
    }
    var report = Report()
    let file = SourceFile(path: spec.lastPathComponent, bytes: Array(text.utf8))
    guard let made = compile(SpecSource(file), with: TemplateLibrary([.defaults]), &report) else { return nil }
    return made.manifests.filter(\.isForTheCluster).flatMap(\.documents).map { Synced($0.root) }
}

@Suite("The order in which Argo CD applies a tree")
struct SyncOrderTests {
    private static let specs: [URL] = [
        root.appending(path: "specs"), root.appending(path: "Tests/CompilerTests/Cases"),
    ]
    .flatMap { folder in
        (FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? [])
            .filter {
                $0.pathExtension == "yaml"
                    && (folder.lastPathComponent == "specs" || $0.lastPathComponent == "spec.yaml")
            }
    }
    .sorted { $0.path < $1.path }

    @Test("puts nothing before what it names, guards nodes and namespaces, and marks custom resources")
    func waves() throws {
        var edges = 0
        var kinds: Set<String> = []
        for spec in Self.specs {
            guard let objects = try objects(of: spec) else { continue }
            var waves: [String: Int] = [:]
            for object in objects {
                let wave = try #require(
                    object.annotations[waveKey].flatMap { Int($0) }, "\(spec.path): \(object.words) has no wave")
                waves["\(object.kind) \(object.name)"] = max(wave, waves["\(object.kind) \(object.name)"] ?? wave)
                waves["\(object.words)"] = wave
                kinds.insert(object.kind)
            }
            for object in objects {
                let own = try #require(waves[object.words])
                var named: [(kind: String, name: String)] = []
                references(object.root, &named)
                if !object.namespace.isEmpty { named.append(("Namespace", object.namespace)) }
                for (kind, name) in named {
                    guard let wave = waves["\(kind) \(name)"] else { continue }
                    edges += 1
                    #expect(wave <= own, "\(spec.path): \(object.words) (\(own)) names \(kind) \(name) (\(wave))")
                    // Within a wave Argo CD knows the order of built-in kinds only.
                    if wave == own, !builtInGroups.contains(objects.first { $0.kind == kind }?.group ?? "") {
                        #expect(object.kind == "NodeOverlay", "\(object.words) may come before \(kind) \(name)")
                    }
                }
                let options = object.annotations[optionKey] ?? ""
                #expect(options.contains("SkipDryRunOnMissingResource=true") == object.isCustom, "\(object.words)")
                let isGuarded = ["Namespace", "NodePool", "EC2NodeClass"].contains(object.kind)
                #expect(options.contains("Prune=confirm,Delete=confirm") == isGuarded, "\(object.words)")
            }
        }
        #expect(edges > 500)
        #expect(
            kinds.isSuperset(of: [
                "NodePool", "NodeOverlay", "ResourceClaimTemplate", "ScaledObject", "ClusterRoleBinding",
            ]))
    }
}
