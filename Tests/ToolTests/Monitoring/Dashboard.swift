import Foundation
import Testing
import YAML

/// A Grafana dashboard, as far as it can be wrong.
struct Dashboard: Decodable {
    let uid: String
    let title: String
    let schemaVersion: Int
    let panels: [Panel]
    let templating: Templating
    let time: [String: String]

    /// The variables, of which each kind has fields of its own.
    struct Templating: Decodable {
        let list: [Variable]
    }

    struct Variable: Decodable {
        let name: String
        let type: String
        let datasource: Source?
        let definition: String?
        /// Of a list of values: what is asked, and by which name.
        let query: Query

        enum Query: Decodable {
            case plugin(String)
            case question(query: String, refId: String)

            private enum Key: String, CodingKey { case query, refId }

            init(from decoder: any Decoder) throws {
                if let text = try? decoder.singleValueContainer().decode(String.self) {
                    self = .plugin(text)
                } else {
                    let fields = try decoder.container(keyedBy: Key.self)
                    self = .question(
                        query: try fields.decode(String.self, forKey: .query),
                        refId: try fields.decode(String.self, forKey: .refId))
                }
            }
        }
    }

    struct Source: Decodable {
        let type: String
        let uid: String
    }

    struct Panel: Decodable {
        let id: Int
        let title: String
        let type: String
        let gridPos: Place
        let targets: [Target]
        let datasource: Source
        let fieldConfig: FieldConfig
    }

    struct FieldConfig: Decodable {
        let defaults: Defaults
        let overrides: [String]
    }

    struct Defaults: Decodable {
        let unit: String
        let thresholds: Thresholds?
    }

    /// Lines; the first step is what lies below the first of them.
    struct Thresholds: Decodable {
        let mode: String
        let steps: [Step]

        struct Step: Decodable {
            let color: String
            let value: Double?
        }
    }

    /// Columns and rows, of which there are twenty-four and many.
    struct Place: Decodable {
        let x: Int, y: Int, w: Int, h: Int

        func overlaps(_ other: Place) -> Bool {
            x < other.x + other.w && other.x < x + w && y < other.y + other.h && other.y < y + h
        }
    }

    struct Target: Decodable {
        let refId: String
        let expr: String
    }
}

/// The dashboards of a cluster.
func dashboards(_ cluster: Compiled) throws -> [Dashboard] {
    try dashboardTexts(cluster).map { try JSONDecoder().decode(Dashboard.self, from: Data($0.utf8)) }
}

/// The dashboards of a cluster as the sidecar hands them to Grafana.
func dashboardTexts(_ cluster: Compiled) throws -> [String] {
    try cluster.objects("ConfigMap").filter { $0["metadata"]?["labels"]?["grafana_dashboard"] != nil }.flatMap {
        object in
        (object["data"]?.entries ?? []).compactMap { $0.value.scalar?.text }
    }
}
