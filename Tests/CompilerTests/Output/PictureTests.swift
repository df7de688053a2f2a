import Diagnostics
import Foundation
import Groundwork
import TestTools
import Testing

@testable import Compiler
@testable import Planning

/// Plans a spec; nil if it has errors.
private func planned(_ text: String, _ path: String) -> Plan? {
    var report = Report()
    guard let spec = understand(SpecSource(SourceFile(path: path, text: text)), &report) else { return nil }
    return plan(spec, &report)
}

/// Plans a file below the project's folder.
private func planned(_ path: String) -> Plan? {
    func read(_ path: String) -> SourceFile? {
        (try? String(contentsOf: root.appending(path: path), encoding: .utf8)).map { SourceFile(path: path, text: $0) }
    }
    var report = Report()
    guard let file = read(path) else { return nil }
    let source = sources(of: file, in: root, &report, read: read)
    guard let spec = understand(source, &report) else { return nil }
    return plan(spec, &report)
}

/// A cluster of many models, with names that are too long for a cell, and the first of them with many replicas.
private func fleet(of count: Int) -> String {
    let models = (1...count).map { index in
        """
            - name: a-model-with-a-long-name-\(index)
              source: Qwen/Qwen2.5-7B-Instruct
              context: 4k
              instances: {prefer: [g6e.2xlarge], spot: \(index % 3 == 0 ? "allowed" : "never")}
              replicas: {min: \(index == 1 ? 30 : index % 3 + 1), max: \(index == 1 ? 60 : index % 5 + 3)}
        """
    }
    return """
        apiVersion: stowage.dev/v1alpha1
        kind: GPUCluster
        metadata: {name: many}
        spec:
          platform:
            cluster: many
            kubernetes: "1.35"
            karpenter: {version: "1.14", interruptionQueue: many}
            autoscaler: {keda: "2.20"}
            gpu: {ami: al2023@v20260714}
          models:
        \(models.joined(separator: "\n"))
        """
}

@Suite("The picture")
struct PictureTests {
    private static let specs = Example.all.map { "specs/\($0.name).yaml" }

    /// What has to hold for the picture of every plan.
    private func check(_ plan: Plan, _ name: String) {
        let picture = PicturedCluster(plan)
        let running = RunningNodes(plan.pools, plan.models.map(\.placement))
        for (drawn, pool) in zip(picture.pools, plan.pools) {
            let counts = running.nodesAtLoads(of: pool)
            // The nodes of a pool that has several sizes are counted in GPUs.
            let sizes = Set(running.surges(of: pool).map(\.type.gpuCount))
            let isMixed = Set(drawn.nodes.map(\.gpus.count)).count > 1 || sizes.count > 1
            #expect(drawn.gpus <= pool.size.gpus.value, "\(name), \(drawn.name)")
            guard !isMixed else { continue }
            #expect(drawn.nodes.count == max(counts.steady, counts.peak), "\(name), \(drawn.name)")
            #expect(drawn.nodes.count(where: \.isSteady) == counts.steady, "\(name), \(drawn.name)")
            #expect(
                drawn.gpus * pool.size.nodes.value == max(counts.steady, counts.peak) * pool.size.gpus.value,
                "\(name), \(drawn.name)")
            let cost = plan.money.pools.first { $0.pool == drawn.name }
            if let cost, pool.hardware.reservations.isEmpty {
                let (steady, peak) = (cost.steadyPerMonth.value, cost.peakPerMonth.value)
                #expect(abs(steady * Double(counts.peak) - peak * Double(counts.steady)) < 1, "\(name), \(drawn.name)")
            }
        }
        let replicas = picture.pools.flatMap(\.nodes).flatMap(\.replicas)
        for (index, model) in plan.models.enumerated() {
            let own = replicas.filter { $0.model == index }
            #expect(own.count + picture.pending[index] == model.placement.maxReplicas.value, "\(name), \(model.name)")
            #expect(own.count(where: \.isSteady) == model.placement.minReplicas.value, "\(name), \(model.name)")
        }
        let svg = planPicture(plan)
        #expect(svg == planPicture(plan))
        let drawn = DrawnPicture(svg)
        #expect(drawn.error == nil, "\(name)")
        #expect(drawn.gpus == picture.gpus, "\(name)")
        #expect(drawn.crowded.isEmpty, "\(name): \(drawn.crowded.joined(separator: "\n"))")
        for sign in ["href", "url(", "<script", "@import"] { #expect(!svg.contains(sign), "\(name)") }
    }

    @Test("has a cell for each GPU, each replica once, and no text beyond its box", arguments: specs)
    func example(_ path: String) throws { check(try #require(planned(path)), path) }

    @Test("has them for every spec of the cases that can be planned")
    func cases() throws {
        var count = 0
        for example in Case.all {
            let spec = example.folder.appending(path: "spec.yaml")
            guard let text = try? String(contentsOf: spec, encoding: .utf8), let plan = planned(text, "spec.yaml")
            else {
                continue
            }
            check(plan, example.name)
            count += 1
        }
        #expect(count > 50)
    }

    @Test("has them for one model and for forty", arguments: [1, 2, 11, 40])
    func many(_ count: Int) throws {
        let plan = try #require(planned(fleet(of: count), "spec.yaml"))
        check(plan, "\(count) models")
        let svg = planPicture(plan)
        #expect(svg.contains("× 30 equal nodes"))
        let looks = modelKey(plan).enumerated().map { index, entry in
            entry.swatch.replacing(">\(index + 1)<", with: "><")
        }
        #expect(Set(looks).count == count)
    }

    @Test("draws no node as full that is not")
    func spare() throws {
        let plan = try #require(planned("specs/fleet.yaml"))
        let drawn = PicturedCluster(plan)
        let pool = try #require(drawn.pools.first { $0.name == "assistant-primary" })
        // Three replicas of four GPUs on two nodes of eight.
        #expect(pool.nodes.map { $0.gpus.count(where: \.isSpare) } == [0, 4])
    }

    @Test("of the seed is committed for the README")
    func committed() throws {
        let file = root.appending(path: "docs/stowage-picture.svg")
        let svg = planPicture(try #require(planned("specs/seed.yaml")))
        if Recording.picture.isAsked() { try Recording.picture.write([(file, svg)]) }
        #expect(try String(contentsOf: file, encoding: .utf8) == svg)
    }
}
