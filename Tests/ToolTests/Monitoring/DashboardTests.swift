import Testing

/// Dashboards as Grafana's model has them.
struct DashboardTests {
    @Test("a dashboard's panels have places and identifiers of their own", arguments: clusters)
    func layout(_ cluster: Compiled) throws {
        let all = try dashboards(cluster)
        #expect(Set(all.map(\.uid)).count == all.count && all.count >= cluster.plan.models.count)
        for dashboard in all {
            #expect(dashboard.uid.count <= 40 && !dashboard.uid.isEmpty)
            #expect(dashboard.schemaVersion >= 39, "Grafana 11 writes 39")
            #expect(Set(dashboard.panels.map(\.id)).count == dashboard.panels.count)
            for (index, panel) in dashboard.panels.enumerated() {
                let place = panel.gridPos
                #expect(place.x >= 0 && place.x + place.w <= 24 && place.w > 0 && place.h > 0, "\(panel.title)")
                for other in dashboard.panels.dropFirst(index + 1) {
                    #expect(!place.overlaps(other.gridPos), "\(panel.title) lies on \(other.title)")
                }
                #expect(Set(panel.targets.map(\.refId)).count == panel.targets.count && !panel.targets.isEmpty)
            }
        }
    }

    @Test("a dashboard asks sources and variables that it has, and its lines ascend", arguments: clusters)
    func model(_ cluster: Compiled) throws {
        for dashboard in try dashboards(cluster) {
            let names = dashboard.templating.list.map(\.name)
            #expect(Set(names).count == names.count && dashboard.time.keys.sorted() == ["from", "to"])
            for variable in dashboard.templating.list {
                switch variable.query {
                case .plugin(let name): #expect(variable.type == "datasource" && name == "prometheus")
                case .question(let query, _):
                    #expect(variable.type == "query" && variable.definition == query)
                    #expect(variable.datasource?.uid == "$datasource")
                }
            }
            for panel in dashboard.panels {
                #expect(panel.datasource.type == "prometheus" && panel.datasource.uid == "$datasource")
                #expect(panel.type == "timeseries" && !panel.fieldConfig.defaults.unit.isEmpty)
                for target in panel.targets {
                    for match in target.expr.matches(of: /\$([a-z]+)/) { #expect(names.contains(String(match.1))) }
                }
                guard let thresholds = panel.fieldConfig.defaults.thresholds else { continue }
                let lines = thresholds.steps.dropFirst().map { $0.value ?? .nan }
                #expect(thresholds.mode == "absolute" && thresholds.steps.first?.value == nil && !lines.isEmpty)
                #expect(zip(lines, lines.dropFirst()).allSatisfy(<), "\(panel.title): \(lines)")
            }
        }
    }

    @Test("a dashboard has nothing that Flux would fill in", arguments: clusters)
    func variables(_ cluster: Compiled) throws {
        for text in try dashboardTexts(cluster) { #expect(!text.contains("${") && !text.contains("$(")) }
    }
}
