import Diagnostics
import Testing

@testable import Compiler
@testable import Groundwork

/// A small plan for templates: two pools and two models, with every kind of fact.
struct SamplePlan {
    struct Taint { let key: String; let effect: String? }

    struct Pool {
        let name: String; let limit: Int; let weight: Int?; let zones: [String]; let taints: [Taint]; let isSpot: Bool
    }

    let pools: [Pool]

    static let taint = FactTable<Taint>(
        "taint", "a taint",
        [
            .fact("key", "its key") { named($0.key) },
            .maybe("effect", "what it does") { $0.effect.map(named) },
        ])

    static let pool = FactTable<Pool>(
        "pool", "a pool of machines",
        [
            .fact("name", "its name") { named($0.name) },
            .fact("gpuLimit", "the most GPUs it may have") {
                Traced<Int>(written($0.limit).named("nodes", "nodes") * eight.named("GPUs", "GPUs"))
            },
            .fact("share", "how full it may be") { _ in named(0.7) },
            .fact("isSpot", "whether it is spot") { named($0.isSpot) },
            .maybe("weight", "its weight") { $0.weight.map(written) },
            .list("zones", "its zones") { $0.zones.map(named) },
            .mapping("labels", "its labels") { [("team", named("ai")), ("pool", named($0.name))] },
            .records("taints", "its taints", taint) { $0.taints },
            .maybeRecord("firstTaint", "the first of its taints", taint) { $0.taints.first },
            .fact("query", "two lines") { named("sum(\n  \($0.name)\n)\n") },
        ])

    static let table = FactTable<SamplePlan>(
        "plan", "the whole plan",
        [
            .fact("name", "its name") { _ in named("prod") },
            .records("pools", "its pools", pool) { $0.pools },
            .list("zones", "all zones") { _ in [named("eu"), named("us")] },
            .maybe("budget", "its budget") { _ in Traced<Int>?.none },
        ])

    static let record = table.record(
        SamplePlan(pools: [
            Pool(
                name: "a", limit: 2, weight: 10, zones: ["eu", "us"],
                taints: [Taint(key: "gpu", effect: "NoSchedule"), Taint(key: "own", effect: nil)],
                isSpot: false),
            Pool(name: "yes", limit: 1, weight: nil, zones: [], taints: [], isSpot: true),
        ]))

    static let spec = SourceFile(path: "spec.yaml", text: "nodes: 2\n")
    private static let eight = Traced(
        8, .catalog(CatalogReference(table: "gpus.csv", row: "H100", source: "https://example.com")))
    private static func written<Value>(_ value: Value) -> Traced<Value> {
        Traced(value, .written(SourceRange(spec, 7, 8)))
    }
    private static func named<Value>(_ value: Value) -> Traced<Value> { Traced(value, .convention("a name")) }
}

/// Renders one template for the sample plan, and gives the manifests as text, or what is wrong.
func rendered(_ text: String, replacing older: String? = nil) -> String {
    var layers = [TemplateLayer("mine", [("t.yaml", SourceFile(path: "mine/t.yaml", text: text))])]
    if let older {
        layers.append(TemplateLayer("defaults", [("t.yaml", SourceFile(path: "templates/t.yaml", text: older))]))
    }
    return rendered(TemplateLibrary(layers))
}

/// Renders a library for the sample plan: each file below a line with its path.
func rendered(_ library: TemplateLibrary) -> String {
    var report = Report()
    guard let manifests = render(library, from: SamplePlan.record, &report) else { return report.short }
    var bytes: [UInt8] = []
    for manifest in manifests {
        bytes += "## \(manifest.path)\n".utf8
        let start = bytes.count
        write(manifest, cluster: "prod", to: &bytes)
        var slow = ManifestWriter(records: true)
        slow.write(manifest, cluster: "prod")
        #expect(Array(bytes[start...]) == slow.bytes, "the traced text is the written one")
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    return lines.filter { !$0.hasPrefix("# Generated") }.joined(separator: "\n")
}

/// Renders the manifest of a template that says only what stands below the header, once.
func body(_ text: String) -> String {
    let result = rendered("to: f.yaml\n---\n" + text)
    return result.hasPrefix("## f.yaml\n") ? String(result.dropFirst(10)) : result
}

/// Renders what stands below the header for the first pool, which is called `pool`.
func poolBody(_ text: String) -> String {
    let result = rendered("for: pool in plan.pools\nunless: pool.isSpot\nto: f.yaml\n---\n" + text)
    return result.hasPrefix("## f.yaml\n") ? String(result.dropFirst(10)) : result
}

extension Report {
    /// A line for each diagnostic: place, the text under the caret, code, message, label, help and notes.
    var short: String {
        diagnostics.map { diagnostic in
            let range = diagnostic.range
            let place = range.map { "\($0.file.place(of: $0.start).line):\($0.file.place(of: $0.start).column)" } ?? "-"
            let caret = range.map { String(decoding: $0.file.bytes[$0.start..<$0.end], as: UTF8.self) } ?? ""
            let rest =
                [diagnostic.label] + diagnostic.help.map { "help: \($0)" }
                + diagnostic.notes.map { "note: \($0.message)" }
            return "\(place) [\(caret)] \(diagnostic.code): \(diagnostic.message) | " + rest.joined(separator: " | ")
        }.joined(separator: "\n")
    }
}
