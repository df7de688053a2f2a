import Diagnostics
import Foundation
import Groundwork
import Testing

@testable import Import

private let dumps = ProcessInfo.processInfo.environment["STOWAGE_DUMPS"]

@Suite("What an API server holds", .enabled(if: dumps != nil, "STOWAGE_DUMPS names no folder of dumps"))
struct DumpTests {
    @Test("is what its imported spec generates")
    func noDifferences() throws {
        let folder = try #require(dumps)
        let files = try yamlFiles(below: URL(filePath: folder))
        #expect(!files.isEmpty)
        for file in files {
            var report = Report()
            let tree = readObjects([[file].tree], &report)
            var options = ImportOptions()
            options.kubernetes = Version("1.35")
            options.repository = "https://git.example.com/platform/fleet.git"
            let result = importSpec(tree, options, &report)
            let proof = try #require(result.proof, "the spec of \(file.path) compiles")
            #expect(proof.differences.map { "\($0.object.words): \($0.words)" } == [])
            #expect(!result.text.contains("hf_"))
        }
    }
}
