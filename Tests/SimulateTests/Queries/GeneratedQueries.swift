import Diagnostics
import Foundation
import YAML

/// Every query in the committed trees and in the templates: of rules, triggers and dashboards.
enum GeneratedQueries {
    static let all: [String] = {
        let root = URL(filePath: #filePath).appending(path: "../../../..").standardized
        var found: Set<String> = []
        for folder in ["out", "templates"] {
            let walk = FileManager.default.enumerator(at: root.appending(path: folder), includingPropertiesForKeys: nil)
            for case let file as URL in walk ?? .init() where file.pathExtension == "yaml" {
                guard let content = try? Data(contentsOf: file) else { continue }
                var report = Report()
                let source = SourceFile(path: file.path, bytes: [UInt8](content))
                for node in readYAML(source, &report) ?? [] { collect(node, &found) }
            }
        }
        return found.sorted()
    }()

    private static func collect(_ node: Node, _ found: inout Set<String>) {
        for entry in node.entries ?? [] {
            if ["expr", "query"].contains(entry.key), let text = entry.value.scalar?.text {
                // Grafana's questions for the values of a variable, and places of templates.
                if text.contains("${") || text.contains("label_values(") || text == "prometheus" { continue }
                found.insert(text.replacing("$model", with: ".+").replacing("$nodepool", with: ".+"))
            } else {
                collect(entry.value, &found)
            }
        }
        for item in node.items ?? [] { collect(item, &found) }
        // A dashboard in a ConfigMap.
        if let text = node.scalar?.text, text.hasPrefix("{"), text.contains("\"panels\"") {
            var report = Report()
            for inner in readYAML(SourceFile(path: "dashboard", text: text), &report) ?? [] { collect(inner, &found) }
        }
    }
}
