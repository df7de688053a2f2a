import Compiler
import Diagnostics
import Foundation
import Groundwork
import Planning
import Testing

@Suite("Whatever is referred to exists in the same tree")
struct ClosureTests {
    /// The example specs, by name.
    private static let specs = filesBelow(root.appending(path: "specs")).filter {
        $0.hasSuffix(".yaml") && !$0.contains("/")
    }

    /// The files of an example, and the objects that its spec names and that exist already.
    private func compiled(_ name: String) throws -> (tree: FileTree, existing: Set<String>) {
        let folder = root.appending(path: "specs")
        func read(_ path: String) -> SourceFile? {
            (try? Data(contentsOf: folder.appending(path: path))).map { SourceFile(path: path, bytes: Array($0)) }
        }
        var report = Report()
        let source = sources(of: try #require(read(name)), in: folder, &report, read: read)
        let compilation = try #require(compile(source, with: TemplateLibrary([.defaults]), &report))
        let existing = compilation.plan.requiredObjects.map { "\($0.kind) \($0.name.value)" }
        return (compilation.files(&report), Set(existing))
    }

    @Test("In every example", arguments: specs)
    func examples(_ name: String) throws {
        let (files, existing) = try compiled(name)
        let tree = try EmittedTree(files)
        #expect(!tree.pools.isEmpty || !tree.groups.isEmpty)
        #expect(tree.openEnds.filter { !existing.contains($0) } == [])
    }

    @Test(
        "In every combination of allocation, sharing and provisioner",
        arguments: SharingCell.all.filter { ["1.34", "1.36"].contains($0.kubernetes) })
    func cells(_ cell: SharingCell) throws {
        var report = Report()
        guard let (_, tree) = cell.compiled(&report), !report.hasErrors else { return }
        #expect(try EmittedTree(tree).openEnds == [])
    }

    @Test("Pods whose node group is gone have an open end")
    func groupless() throws {
        let cell = SharingCell(kubernetes: "1.35", allocation: .devicePlugin, share: .mig, provisioner: .nodeGroup)
        var report = Report()
        let files = try #require(cell.compiled(&report)).tree.files.map {
            ($0.path, String(decoding: $0.bytes, as: UTF8.self))
        }
        #expect(try EmittedTree(files).openEnds == [])
        #expect(
            try EmittedTree(files.filter { !$0.0.hasPrefix("eksctl/") }).openEnds.contains(
                "label stowage.dev/pool=chat-primary"))
    }

    @Test(
        "A file that others refer to leaves an open end when it is gone",
        arguments: [
            ("claims.yaml", "resourceclaimtemplate"), ("claims.yaml", "deviceclass"),
            ("claims.yaml", ".resourceclaim."),
            ("claims.yaml", "mig-manager.configmap"), ("claims.yaml", "nodepool"), ("claims.yaml", "ec2nodeclass"),
            ("shared.yaml", "nodeoverlay"), ("shared.yaml", "mig-manager.daemonset"),
            ("shared.yaml", "device-plugin-mig.daemonset"), ("shared.yaml", "device-plugin-mig.configmap"),
            ("development.yaml", "nodeoverlay"), ("development.yaml", "priorityclass"),
        ])
    func gone(name: String, part: String) throws {
        let files = try compiled(name).tree.files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) }
        #expect(files.contains { $0.0.contains(part) })
        #expect(try EmittedTree(files.filter { !$0.0.contains(part) }).openEnds != [])
    }
}
