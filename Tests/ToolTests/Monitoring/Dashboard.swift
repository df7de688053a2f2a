import Foundation
import Testing
import YAML

/// A Grafana dashboard, as far as it can be wrong.
struct Dashboard: Decodable {
    let uid: String
    let title: String
    let schemaVersion: Int
    let panels: [Panel]

    struct Panel: Decodable {
        let id: Int
        let title: String
        let type: String
        let gridPos: Place
        let targets: [Target]
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
