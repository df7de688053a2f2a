import Diagnostics
import Testing
import YAML

@testable import Groundwork

private let template = """
    for: pool in plan.pools
    unless: pool.isSpot
    to: f.yaml
    ---
    kind: Pool
    count: 3
    half: 0.5
    on: true
    none: ~
    quoted: "3"
    limit: ${pool.gpuLimit}
    text: pool ${pool.name}
    dropped: ${plan.budget?}
    labels: ${pool.labels}
    spec:
      template:
        zones:
        - $for: zone in pool.zones
          name: ${zone}
        - $if: pool.weight
          $value: ${pool.weight}
        gone?:
        - $if: pool.isSpot
          a: b
        ${pool.name}-key: 1
    data:
      $json: {limit: "${pool.gpuLimit}"}
    """

/// The first document of the template's manifest.
private func rootOfTemplate() throws -> ManifestValue {
    var report = Report()
    let library = TemplateLibrary([TemplateLayer("x", [("t.yaml", SourceFile(path: "t.yaml", text: template))])])
    return try #require(
        render(library, from: SamplePlan.record, &report)?.first?.documents.first?.root, "\(report.short)")
}

/// The same document, written and read again as if by hand.
private func rootOfFile() throws -> ManifestValue {
    var report = Report()
    let library = TemplateLibrary([TemplateLayer("x", [("t.yaml", SourceFile(path: "t.yaml", text: template))])])
    let manifest = try #require(render(library, from: SamplePlan.record, &report)?.first)
    var bytes: [UInt8] = []
    write(manifest, cluster: "prod", to: &bytes)
    return ManifestValue(try #require(readYAML(SourceFile(path: "f.yaml", bytes: bytes), &report)?.first))
}

extension ManifestValue {
    /// Everything that can be asked of the value, in one line.
    fileprivate var dump: String {
        if let items { return "[" + items.map(\.dump).joined(separator: ", ") + "]" }
        if let entries { return "{" + entries.map { "\($0.key): \($0.value.dump)" }.joined(separator: ", ") + "}" }
        let views = [
            integer.map { "\($0)" }, number.map { "\($0)" }, boolean.map { "\($0)" }, string.map { "'\($0)'" },
        ]
        return "\(kind)(\(text ?? "-")" + views.compactMap { $0 }.map { " " + $0 }.joined() + ")"
    }
}

@Suite("A value")
struct ValueTests {
    @Test("shows a template's document as it will be written")
    func dump() throws {
        let root = try rootOfTemplate()
        #expect(
            root.dump == """
                {kind: string(Pool 'Pool'), count: integer(3 3 3.0), half: number(0.5 0.5), on: boolean(true true), \
                none: null(-), quoted: string(3 '3'), limit: integer(16 16 16.0), text: string(pool a 'pool a'), \
                labels: {team: string(ai 'ai'), pool: string(a 'a')}, \
                spec: {template: {zones: [{name: string(eu 'eu')}, {name: string(us 'us')}, integer(10 10 10.0)], \
                a-key: integer(1 1 1.0)}}, \
                data: string({\n  "limit": "16"\n}\n '{\n  "limit": "16"\n}\n')}
                """)
        #expect(try rootOfFile().dump == root.dump)
    }

    @Test("finds members by path, and says where they stand and come from")
    func members() throws {
        for root in [try rootOfTemplate(), try rootOfFile()] {
            #expect(root.at("spec", "template", "zones")?.items?[1]["name"]?.text == "us")
            #expect(root.at("spec", "template", "gone") == nil)
            #expect(root.at("spec", "template", "a-key")?.integer == 1)
            #expect(root.at("kind", "x") == nil)
            #expect(root["dropped"] == nil)
            #expect(root["none"]?.isNull == true)
            #expect(root["labels"]?.isEmpty == false)
        }
        let root = try rootOfTemplate()
        #expect(root["limit"]?.place.description == "t.yaml:11:8")
        #expect(root.at("labels", "pool")?.place.description == "t.yaml:14:9")
        #expect(root["limit"]?.origin?.range?.description == "spec.yaml:1:8")
        #expect(root["count"]?.origin == nil)
        #expect(root["data"]?.nested?["limit"]?.text == "16")
        #expect(root.entries?.last?.keyPlace.description == "t.yaml:26:1")
        #expect(try rootOfFile()["limit"]?.place.description == "f.yaml:8:8")
    }
}
