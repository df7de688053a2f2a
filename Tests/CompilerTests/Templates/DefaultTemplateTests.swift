import Diagnostics
import Testing

@testable import Compiler

/// Compiles a library's templates for any plan, also those that a plan may have no use for.
private func mistakes(_ library: TemplateLibrary, _ noun: Noun) -> String {
    var report = Report()
    for entry in library.entries { _ = compileTemplate(entry, plan: noun, &report) }
    return report.short
}

/// The YAML examples of a page of Markdown, blank up to their lines so that places agree.
private func examples(_ page: SourceFile) -> [SourceFile] {
    var files: [SourceFile] = []
    var example: String?
    for number in page.lineStarts.indices {
        let line = page.line(number + 1)
        if let text = example, line == "```" {
            files.append(SourceFile(path: page.path, text: text))
            example = nil
        } else if let text = example {
            example = text + line + "\n"
        } else if line == "```yaml" {
            example = String(repeating: "\n", count: number + 1)
        }
    }
    return files
}

@Suite("The default templates")
struct DefaultTemplateTests {
    private let library = TemplateLibrary([.defaults])

    @Test("have no mistake, whatever the plan")
    func mistakesOfDefaults() {
        #expect(mistakes(library.forPlan, planFacts.noun) == "")
        #expect(mistakes(library.forTree, treeFacts.noun) == "")
        #expect(library.entries.count > 20)
    }

    @Test("compare nothing with a number of their own")
    func thresholds() throws {
        let comparison = try Regex("[<>]=? *[0-9]")
        for entry in library.entries {
            for number in entry.winner.file.lineStarts.indices {
                let line = entry.winner.file.line(number + 1)
                #expect(!line.contains(comparison), "\(entry.path):\(number + 1) \(line)")
            }
        }
    }

    @Test("are described by a page whose examples are templates without mistakes")
    func page() throws {
        let folder = try #require(#filePath.split(separator: "/").firstIndex(of: "Tests"))
        let root = "/" + #filePath.split(separator: "/")[..<folder].joined(separator: "/")
        let found = examples(SourceFile(path: "README.md", bytes: try contents(of: root + "/templates/README.md")))
        #expect(found.count == 2)
        let layer = TemplateLayer("page", found.enumerated().map { ("\($0).yaml", $1) })
        #expect(mistakes(TemplateLibrary([layer]), planFacts.noun) == "")
    }
}
