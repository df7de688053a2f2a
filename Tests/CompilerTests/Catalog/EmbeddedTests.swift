import Foundation
import Testing

@testable import Groundwork

@Suite("Embedded files")
struct EmbeddedTests {
    @Test("The templates in the program are those on the disk")
    func templates() throws {
        try compare(Embedded.templates, with: "templates", ending: ".yaml")
    }

    @Test("The tables in the program are those on the disk")
    func tables() throws {
        try compare(Embedded.tables, with: "Sources/Groundwork/Catalog/Tables", ending: ".csv")
    }

    private func compare(_ embedded: [(path: String, text: String)], with folder: String, ending: String) throws {
        let root = try #require(packageRoot()).appending(path: folder)
        let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path)
            .filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") && !$0.contains("/.") }
        #expect(embedded.map(\.path) == paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        for (path, text) in embedded {
            let onDisk = try String(contentsOf: root.appending(path: path), encoding: .utf8)
            #expect(text == onDisk, "\(path)")
        }
    }

    /// The nearest folder above this file that holds a package.
    private func packageRoot() -> URL? {
        var folder = URL(filePath: #filePath).deletingLastPathComponent()
        while folder.path != "/" {
            if FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path) { return folder }
            folder.deleteLastPathComponent()
        }
        return nil
    }
}
