import Diagnostics
import Foundation
import YAML

@testable import Compiler
@testable import Groundwork
@testable import Planning
@testable import Verify

/// The stages of a compilation in their order, as far as diagnostics of one hide those of the next.
enum Stage: Int, CaseIterable, Comparable, Sendable {
    case read, understand, check, plan, render, verify

    static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
}

/// The texts of a case, which can be changed and compiled in memory.
struct CaseTexts: Sendable {
    private let folder: URL?
    private let layer: TemplateLayer?
    /// The files that are no longer what the folder has, by path.
    private var changed: [String: SourceFile] = [:]

    init(_ example: Case) throws {
        folder = example.folder
        let own = example.folder.appending(path: "templates").path
        layer = try FileManager.default.fileExists(atPath: own) ? Self.templates(own) : nil
    }

    /// A spec by itself.
    init(spec: String) {
        (folder, layer) = (nil, nil)
        changed["spec.yaml"] = SourceFile(path: "spec.yaml", text: spec)
    }

    /// Reads the templates in a folder, under the paths that a run in the case's folder gives them.
    private static func templates(_ folder: String) throws -> TemplateLayer {
        let files = try readTemplateFolder(folder).files
        return TemplateLayer(
            "templates", files.map { ($0, SourceFile(path: "templates/\($0)", bytes: $1.bytes)) })
    }

    /// The texts with edits made in those that they are for.
    func edited(_ edits: [TextEdit]) -> CaseTexts {
        var texts = self
        for edit in edits {
            let file = edit.range.file
            guard texts.changed[file.path] == nil || changed[file.path] != nil else { continue }
            texts.changed[file.path] = file.edited(edits.filter { $0.range.file.path == file.path })
        }
        return texts
    }

    /// The text at a path.
    private func file(_ path: String) -> SourceFile? {
        changed[path]
            ?? folder.flatMap { try? Data(contentsOf: $0.appending(path: path)) }.map {
                SourceFile(path: path, bytes: Array($0))
            }
    }

    /// Compiles the texts as far as a stage, and says what each stage that is reached finds.
    func findings(through last: Stage = .verify) -> [Stage: [Diagnostic]] {
        var findings: [Stage: [Diagnostic]] = [:]
        func stage<Result>(_ stage: Stage, _ work: (inout Report) -> Result?) -> Result? {
            var report = Report()
            let result = work(&report)
            findings[stage] = report.diagnostics
            return report.hasErrors || stage == last ? nil : result
        }
        let read = stage(.read) { report -> SpecSource? in
            guard let spec = file("spec.yaml") else { return nil }
            let source = sources(of: spec, in: folder, &report, read: file)
            for text in [source.file] + source.bases + source.included { _ = readYAML(text, &report) }
            return source
        }
        guard let source = read, let spec = stage(.understand, { readSpec(source, &$0) }),
            stage(.check, { check(spec, &$0) }) != nil, let plan = stage(.plan, { plan(spec, &$0) })
        else { return findings }
        let templates = TemplateLibrary((layer.map { [edited($0)] } ?? []) + [.defaults])
        let manifests = stage(.render) { report -> [Manifest]? in
            guard let objects = render(templates.forPlan, from: planFacts.record(plan), &report) else { return nil }
            let folders = render(templates.forTree, from: treeFacts.record(FolderedTree(objects)), &report)
            return folders.map { (objects + $0).sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) } }
        }
        guard let manifests else { return findings }
        _ = stage(.verify) { verify(manifests, for: PlatformVersions(spec.platform), &$0) }
        return findings
    }

    /// A layer of templates with the changes.
    private func edited(_ layer: TemplateLayer) -> TemplateLayer {
        TemplateLayer(layer.name, layer.files.map { ($0.path, changed[$0.file.path] ?? $0.file) })
    }
}
