import Diagnostics
import Testing
import YAML

@testable import Compiler
@testable import Groundwork

/// Compiles a library's templates for any plan, also those that a plan may have no use for.
private func mistakes(_ library: TemplateLibrary, _ noun: RecordType) -> String {
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

/// The keys whose values decide when something happens.
private let decidingKeys: Set<String> = [
    "activationThreshold", "averageUtilization", "averageValue", "expr", "query", "threshold", "tolerance",
]

/// Expects placeholders, and no digits beside them, under every key that decides, and under `value` of steps and targets.
private func expectNoNumbers(_ node: Node, in path: String, below parent: String = "") {
    for item in node.items ?? [] { expectNoNumbers(item, in: path, below: parent) }
    for entry in node.entries ?? [] {
        if decidingKeys.contains(entry.key)
            || entry.key == "value" && ["policies", "steps", "target"].contains(parent),
            let text = entry.value.scalar?.text
        {
            let rest = text.replacing(/\$\{[^}]*\}/, with: "")
            #expect(rest.allSatisfy { !$0.isNumber }, "\(path):\(entry.value.range.line) \(entry.key): \(text)")
        }
        expectNoNumbers(entry.value, in: path, below: entry.key)
    }
}

/// Keys whose numbers say where something is or what it is called, not how much or when.
private let namingKeys: Set<String> = [
    "argocd.argoproj.io/sync-wave", "containerPort", "h", "id", "max", "port", "refresh", "runAsUser", "schemaVersion",
    "w", "x", "y",
]

/// Expects no number but none and one, which are words rather than amounts.
private func expectNoAmounts(_ node: Node, in path: String, under key: String = "") {
    for item in node.items ?? [] { expectNoAmounts(item, in: path, under: key) }
    for entry in node.entries ?? [] {
        expectNoAmounts(entry.value, in: path, under: entry.key == "$value" ? key : entry.key)
    }
    guard let text = node.scalar?.text, text.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?[A-Za-z%]*/) != nil else { return }
    let isNaming = namingKeys.contains(key)
    #expect(isNaming || ["0", "1"].contains(text), "\(path):\(node.range.line) \(key): \(text)")
}

@Suite("The default templates")
struct DefaultTemplateTests {
    private let library = TemplateLibrary([.defaults])

    @Test("have no mistake, whatever the plan")
    func mistakesOfDefaults() {
        #expect(mistakes(library.forPlan, planFacts.type) == "")
        #expect(mistakes(library.forTree, treeFacts.type) == "")
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

    @Test("leave every threshold and query to the plan")
    func numbers() throws {
        for entry in library.entries {
            var report = Report()
            for node in readYAML(entry.winner.file, &report) ?? [] { expectNoNumbers(node, in: entry.path) }
        }
    }

    @Test("have no amounts of their own")
    func amounts() throws {
        for entry in library.entries {
            var report = Report()
            for node in readYAML(entry.winner.file, &report) ?? [] { expectNoAmounts(node, in: entry.path) }
        }
    }

    @Test("are described by a page whose examples are templates without mistakes")
    func page() throws {
        let folder = try #require(#filePath.split(separator: "/").firstIndex(of: "Tests"))
        let root = "/" + #filePath.split(separator: "/")[..<folder].joined(separator: "/")
        let found = examples(SourceFile(path: "README.md", bytes: try contents(of: root + "/templates/README.md")))
        #expect(found.count == 2)
        let layer = TemplateLayer("page", found.enumerated().map { ("\($0).yaml", $1) })
        #expect(mistakes(TemplateLibrary([layer]), planFacts.type) == "")
    }
}
