import Foundation
import Planning
import TestTools
import Testing
import YAML

/// The scaling queries in a real Prometheus that scrapes as our ServiceMonitors say.
struct ScalingQueryTests {
    @Test(
        "every scaling query gives one right number for one, two and seven pods, and nothing without an exporter",
        .enabled(if: PrometheusServer.isInstalled, "prometheus or python3 is not installed"), .timeLimit(.minutes(10)))
    func queries() async throws {
        for batch in batches { try await aside { try ask(batch) } }
    }

    /// The clusters in groups within which no two specs have a model of the same name.
    private var batches: [[Compiled]] {
        var batches: [[Compiled]] = []
        for cluster in clusters {
            let names = Set(cluster.plan.models.map(\.name))
            let place = batches.firstIndex { batch in
                batch.allSatisfy { $0.file == cluster.file || names.isDisjoint(with: $0.plan.models.map(\.name)) }
            }
            if let place { batches[place].append(cluster) } else { batches.append([cluster]) }
        }
        return batches
    }

    private func ask(_ clusters: [Compiled]) throws {
        let synthetic = SyntheticCluster(clusters: clusters)
        let questions = try clusters.flatMap(scalingQuestions)
        #expect(questions.count >= clusters.count)
        try withTemporaryFolder { folder in
            let server = try PrometheusServer(in: folder, rules: recordings(clusters)) { exporter in
                (try? jobs(synthetic, exporter)) ?? []
            }
            defer { server.end() }
            for (round, (pods, factor)) in [(1, 1.2), (2, 0.8), (7, 0.3)].enumerated() {
                try server.enter(synthetic.state(round + 1, pods: pods, factor: factor))
                try server.expect(questions.map(\.query)) { index, answer in
                    let value = answer.samples.count == 1 ? answer.samples[0].value ?? .nan : .nan
                    let expected = questions[index].expected(pods, factor)
                    return abs(value - expected) <= 1e-6 * max(1, abs(expected))
                        ? nil : "\(questions[index].name) with \(pods) pods: \(answer.samples), not \(expected)"
                }
                try checkDashboards(clusters, server)
            }
            try server.enter(synthetic.state(4, pods: 0, factor: 0))
            try server.expect(questions.map(\.query)) { index, answer in
                let expected = questions[index].atZero.map { [$0] } ?? []
                return answer.samples.map(\.value) == expected
                    ? nil : "\(questions[index].name) without an exporter: \(answer.samples)"
            }
        }
    }

    /// The jobs for the ServiceMonitors of all clusters, those of the canaries, and what the controllers' charts bring.
    private func jobs(_ synthetic: SyntheticCluster, _ exporter: String) throws -> [ScrapeJob] {
        var seen: Set<String> = []
        let monitors = try synthetic.clusters.flatMap { try $0.objects("ServiceMonitor") }
        let own = try monitors.map { try ScrapeJob($0, synthetic.endpoints, exporter: exporter) }
        let canaries = try synthetic.models.map { model, _ in
            let monitor = monitors.first { $0["metadata"]?["name"]?.scalar?.text == model.name }
            return try ScrapeJob(renamed(try #require(monitor), model.name), synthetic.endpoints, exporter: exporter)
        }
        return (own + canaries).filter { seen.insert($0.jobName).inserted } + [
            ScrapeJob(
                "kube-state-metrics", namespace: "monitoring", pod: SyntheticCluster.counterPod, honorLabels: true,
                exporter: exporter),
            ScrapeJob(
                "karpenter", namespace: "kube-system", pod: SyntheticCluster.controllerPod, honorLabels: false,
                exporter: exporter),
        ]
    }

    /// A ServiceMonitor for a model's canary: the model's own with the other name.
    private func renamed(_ node: Node, _ name: String) -> Node {
        switch node.content {
        case .scalar(let scalar): scalar.text == name ? Node(.scalar(.init("\(name)-canary")), node.range) : node
        case .sequence(let items): Node(.sequence(items.map { renamed($0, name) }), node.range)
        case .mapping(let entries):
            Node(.mapping(entries.map { .init($0.key, $0.keyRange, renamed($0.value, name)) }), node.range)
        }
    }

    /// The rules of the examples; what is recorded every fifteen seconds is recorded every second, as all is here.
    private func recordings(_ clusters: [Compiled]) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for cluster in clusters where cluster.name == cluster.file {
            for (name, content) in try cluster.plan.models.flatMap({ try rules(cluster, $0.name) }) {
                files[name] = Data(
                    String(decoding: content, as: UTF8.self).replacing("interval: 15s", with: "interval: 1s").utf8)
            }
        }
        return files
    }

    /// Asks every panel's query of every dashboard.
    private func checkDashboards(_ clusters: [Compiled], _ server: PrometheusServer) throws {
        let panels = try clusters.flatMap { try dashboards($0) }.flatMap { dashboard in
            dashboard.panels.flatMap { panel in
                panel.targets.map {
                    (
                        name: "\(dashboard.title): \(panel.title)",
                        // As Grafana fills in all of a variable's values.
                        query: $0.expr.replacing("$model", with: ".+").replacing("$nodepool", with: ".+")
                    )
                }
            }
        }
        try server.expect(panels.map(\.query)) { index, answer in
            let name = panels[index].name
            // Not every model has objectives.
            let mayLack = name.lowercased().contains("error budget")
            if answer.samples.isEmpty, !mayLack { return "\(name) is empty" }
            return answer.samples.allSatisfy { $0.value != nil } ? nil : "\(name) has no number: \(answer.samples)"
        }
    }
}
