import Compiler
import Diagnostics
import Foundation
import Groundwork
import Planning
import Testing
import YAML

/// A spec compiled here: its plan, and its files as they would be written.
struct Compiled: CustomTestStringConvertible, Sendable {
    let name: String
    /// The name of its spec's file, which its variants share.
    let file: String
    let plan: Plan
    /// Each file's text under its path.
    let files: [String: String]

    var testDescription: String { name }
    var namespace: String { plan.spec.platform.namespace.value }

    /// The objects of a kind, in the order of their files.
    func objects(_ kind: String) throws -> [Node] {
        try files.keys.sorted().filter { $0.hasSuffix(".yaml") }.flatMap { path -> [Node] in
            var report = Report()
            let nodes = readYAML(SourceFile(path: path, text: files[path] ?? ""), &report)
            return try #require(nodes, "\(path)").filter { $0["kind"]?.scalar?.text == kind }
        }
    }

    func model(_ name: String) throws -> ModelPlan {
        try #require(plan.models.first { $0.name == name }, "no model \(name)")
    }
}

/// Compiles a spec's text after replacing parts of it, each of which it must have.
func compiled(_ name: String, _ file: String, replacing changes: KeyValuePairs<String, String> = [:]) throws -> Compiled
{
    try compiled(name, file, changes.map { ($0.key, $0.value) })
}

private func compiled(_ name: String, _ file: String, _ changes: [(String, String)]) throws -> Compiled {
    var text = try String(contentsOf: root.appending(path: "specs/\(file).yaml"), encoding: .utf8)
    for (old, new) in changes {
        try #require(text.contains(old), "specs/\(file).yaml has no \(old)")
        text = text.replacing(old, with: new)
    }
    var report = Report()
    let compilation = compile(
        SpecSource(SourceFile(path: "\(name).yaml", text: text)), with: TemplateLibrary([.defaults]), &report)
    let result = try #require(compilation, "\(name): \(report.diagnostics.map(\.message))")
    let tree = result.files(&report)
    let files = tree.files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) }
    return Compiled(name: name, file: file, plan: result.plan, files: Dictionary(uniqueKeysWithValues: files))
}

/// The clusters whose monitoring and scaling are tried: all examples, and what else a spec may ask for.
let clusters: [Compiled] =
    (examples.map { example in
        let file = example.spec.deletingPathExtension().lastPathComponent
        return Result { try compiled(file, file) }
    } + variants).compactMap {
        do { return try $0.get() } catch {
            Issue.record(error, "a cluster does not compile")
            return nil
        }
    }

/// The reference cluster with other signals, floors, and on an older Kubernetes.
private var variants: [Result<Compiled, any Error>] {
    let old = [("kubernetes: \"1.35\"", "kubernetes: \"1.34\"")]
    let image = "nvcr.io/nvidia/k8s/dcgm-exporter:4.9.0-distroless"
    let renamed = [
        ("    gpu:\n      stack: none", "    images: {dcgmExporter: \"\(image)\"}\n    gpu:\n      stack: none")
    ]
    let scheduledMinimums = { (signal: String) in
        [
            (
                "class: realtime",
                "class: realtime\n      scaling: {\(signal)schedule: [{days: Mon-Fri, from: \"08:30\", to: \"18:00\", min: 5}]}"
            ),
            (
                "spot: allowed}",
                "spot: allowed}\n      scaling: {\(signal)schedule: [{days: Sun, from: \"22:00\", to: \"02:00\", min: 6}]}"
            ),
        ]
    }
    return [
        ("on Kubernetes 1.34", old), ("scaled by the KV cache", scaled("kv-cache")),
        ("scaled by GPU utilisation", scaled("gpu-utilization")),
        ("scaled by two signals", scaled("[concurrency, kv-cache]")),
        ("with scheduled minimums", scheduledMinimums("")),
        ("with the DCGM exporter 4.9", renamed),
        ("scaled by GPU utilisation of the DCGM exporter 4.9", renamed + scaled("gpu-utilization")),
        (
            "scaled by two signals with scheduled minimums on Kubernetes 1.34",
            old + scheduledMinimums("signal: [kv-cache, concurrency], ")
        ),
    ].map { name, changes in Result { try compiled("seed \(name)", "seed", changes) } } + [
        Result {
            try compiled(
                "deepseek on a capacity block", "deepseek",
                [("zone: us-east-1a, count: 1,", "zone: us-east-1a, ends: \"1970-01-04T00:02:00Z\", count: 1,")])
        }
    ]
}

/// What to write into the reference spec so that a model of each kind scales on other signals: alone, split, and without KEDA.
private func scaled(_ signal: String) -> [(String, String)] {
    [
        ("class: realtime", "class: realtime\n      scaling: {signal: \(signal)}"),
        ("scaling: {by: hpa}", "scaling: {by: hpa, signal: \(signal)}"),
        ("spot: allowed}", "spot: allowed}\n      scaling: {signal: \(signal)}"),
    ]
}
