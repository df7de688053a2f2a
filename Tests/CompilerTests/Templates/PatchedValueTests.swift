import Diagnostics
import Testing
import YAML

@testable import Groundwork
@testable import Verify

private let template = """
    for: pool in plan.pools
    unless: pool.isSpot
    to: f.yaml
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: ${pool.name}
      labels: ${pool.labels}
    spec:
      replicas: ${pool.gpuLimit}
      paused: ${plan.budget?}
      template:
        spec:
          containers:
          - name: server
            args:
            - $for: zone in pool.zones
              $value: --zone=${zone}
            env?:
            - $if: pool.isSpot
              name: SPOT
          nodeSelector:
            ${pool.name}-key: "1"
    """

/// The template's object, and the same object as it is written and read again.
private func objects() throws -> (rendered: Manifest, read: ManifestValue) {
    var report = Report()
    let library = TemplateLibrary([TemplateLayer("x", [("t.yaml", SourceFile(path: "t.yaml", text: template))])])
    let manifest = try #require(render(library, from: SamplePlan.record, &report)?.first, "\(report.short)")
    return (manifest, ManifestValue(try node(written(manifest))))
}

private func written(_ manifest: Manifest) -> String {
    var bytes: [UInt8] = []
    write(manifest, cluster: "prod", to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
}

private func node(_ text: String) throws -> Node {
    var report = Report()
    return try #require(readYAML(SourceFile(path: "p.yaml", text: text), &report)?.first)
}

@Suite("A patched value")
struct PatchedValueTests {
    @Test(
        "is written as the same patch of the written object is",
        arguments: [
            "{spec: {replicas: 3}}", "{spec: {replicas: ~}}", "{metadata: {labels: {pool: b, new: \"1\"}}}",
            "{spec: {template: {spec: {containers: [{name: side, image: x}]}}}}",
            "{spec: {template: {spec: {containers: [{name: server, args: [], env: [{name: A, value: \"on\"}]}]}}}}",
            "{spec: {template: {spec: {containers: [{name: server, $patch: delete}]}}}}",
            "{spec: {template: {$patch: replace, spec: {x: [[1, 0x10], {}], text: \"a\\nb\\n\"}}}}",
        ])
    func merge(_ text: String) throws {
        let (manifest, read) = try objects()
        let patch = try node(text)
        let rendered = try #require(manifest.documents[0].root.merging(patch))
        #expect(rendered.isEqual(to: try #require(read.merging(patch))))
        let whole = Manifest(manifest, patchedTo: [Document(rendered)], by: [patch.range])
        #expect(ManifestValue(try node(written(whole))).isEqual(to: rendered))
    }

    @Test(
        "is written as the same operation on the written object is",
        arguments: [
            "{op: replace, path: /spec/replicas, value: 3}", "{op: remove, path: /spec/replicas}",
            "{op: add, path: /spec/template/spec/containers/0/args/1, value: --x}",
            "{op: add, path: /spec/template/spec/containers/0/args/-1, value: --x}",
            "{op: move, from: /spec/template/spec/containers/0/args, path: /spec/args}",
            "{op: copy, from: /metadata/labels, path: /spec/selector}",
        ])
    func operation(_ text: String) throws {
        let (manifest, read) = try objects()
        let operation = try #require(PatchOperation(try node(text)))
        let rendered = try #require(operation.applied(to: manifest.documents[0].root))
        #expect(rendered.isEqual(to: try #require(operation.applied(to: read))))
        #expect(!rendered.isEqual(to: read))
        let whole = Manifest(manifest, patchedTo: [Document(rendered)], by: [operation.place])
        #expect(ManifestValue(try node(written(whole))).isEqual(to: rendered))
    }

    @Test("is written byte for byte as before, if the patch changes nothing")
    func unchanged() throws {
        let (manifest, _) = try objects()
        let patch = try node("{spec: {template: {spec: {containers: [{name: server}]}}}}")
        let rendered = try #require(manifest.documents[0].root.merging(patch))
        let whole = Manifest(manifest, patchedTo: [Document(rendered)], by: [patch.range])
        #expect(written(whole) == written(manifest))
    }

    @Test("keeps the facts beside the patch, and tells where the patch is")
    func traces() throws {
        let (manifest, _) = try objects()
        let patch = try node("{spec: {template: {spec: {containers: [{name: server, image: x}]}}}}")
        let rendered = try #require(manifest.documents[0].root.merging(patch))
        let whole = Manifest(manifest, patchedTo: [Document(rendered)], by: [patch.range])
        let lines = written(whole).split(separator: "\n", omittingEmptySubsequences: false)
        let (before, after) = (trace(manifest, cluster: "prod"), trace(whole, cluster: "prod"))
        func facts(_ traces: [LineTrace]) -> [String] { traces.flatMap(\.facts).map(\.name) }
        #expect(facts(before) == facts(after) && facts(after).contains("pool.gpuLimit"))
        let image = try #require(lines.firstIndex { $0.contains("image: x") })
        #expect(after[image].pieces.map(\.isPatched) == [true])
        #expect(after[image].pieces.first?.place?.file.path == "p.yaml")
        for (index, line) in after.enumerated() where index != image {
            #expect(line.pieces.allSatisfy { !$0.isPatched }, "\(lines[index])")
        }
    }
}
