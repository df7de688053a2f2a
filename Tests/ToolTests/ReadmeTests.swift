import Foundation
import TestTools
import Testing

/// What the texts beside the code promise.
struct ReadmeTests {
    private let texts = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "templates/README.md"]

    @Test("the status table of the README names every command")
    func commands() throws {
        let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        let status = try #require(readme.components(separatedBy: "\n## ").first { $0.hasPrefix("Status\n") })
        for command in try commandNames() {
            let isNamed = status.contains("`\(command)")
            #expect(isNamed, "the status table does not name `\(command)`")
        }
    }

    @Test("links between the texts lead to files that exist")
    func links() throws {
        for name in texts {
            let file = root.appending(path: name)
            guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
            for link in text.matches(of: /\]\(([^)#: ]+)(#[^)]*)?\)/).map({ String($0.output.1) }) {
                let target = file.deletingLastPathComponent().appending(path: link)
                #expect(FileManager.default.fileExists(atPath: target.path), "\(name) links to \(link)")
            }
        }
    }

    @Test("the licence is Apache-2.0, whole")
    func licence() throws {
        let text = try String(contentsOf: root.appending(path: "LICENSE"), encoding: .utf8)
        #expect(text.contains("Version 2.0, January 2004"))
        #expect(text.contains("END OF TERMS AND CONDITIONS"))
    }
}
