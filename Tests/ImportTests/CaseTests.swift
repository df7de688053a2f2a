import Diagnostics
import Foundation
import Groundwork
import TestTools
import Testing

@testable import Import

/// A folder of `Cases/`: `in/` is what is imported; beside it, the spec, what is reported, and how the two compare.
@Suite("An import")
struct ImportCaseTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")
    private static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { !$0.hasPrefix(".") }.sorted()

    @Test("gives exactly what its case expects", arguments: names)
    func matches(_ name: String) throws {
        let folder = Self.folder.appending(path: name)
        var report = Report()
        let tree = readObjects([try yamlFiles(below: folder.appending(path: "in")).tree], &report)
        let result = importSpec(tree, options(name), patching: .needed, &report)
        let made = [
            "spec.yaml": result.text, "diagnostics.txt": HumanPrinter(colors: false).text(of: report.diagnostics),
            "proof.txt": result.proofText, "proof.json": result.proofJSON,
        ]
        if Recording.imports.isAsked(name) {
            try Recording.imports.write(made.map { (folder.appending(path: $0.key), $0.value) })
        }
        for (path, text) in made {
            #expect(text == (try? String(contentsOf: folder.appending(path: path), encoding: .utf8)), "\(path) differs")
        }
    }

    /// The options of a case: `keep-workloads` beside `in/` keeps workloads as existing ones.
    private func options(_ name: String) -> ImportOptions {
        var options = ImportOptions()
        let mark = Self.folder.appending(path: "\(name)/keep-workloads")
        options.keepsWorkloads = FileManager.default.fileExists(atPath: mark.path)
        return options
    }

    @Test("prints no credential", arguments: names)
    func hides(_ name: String) throws {
        var report = Report()
        let tree = readObjects([try yamlFiles(below: Self.folder.appending(path: "\(name)/in")).tree], &report)
        for patching in Patching.allCases {
            let result = importSpec(tree, options(name), patching: patching, &report)
            let said = HumanPrinter(colors: false).text(of: report.diagnostics)
            for text in [result.text, result.proofText, result.proofJSON, said] { #expect(!text.contains("hf_")) }
        }
    }
}
