import Compiler
import Diagnostics
import Foundation
import Testing

@testable import Groundwork
@testable import Planning

@Suite("Advice")
struct AdviceTests {
    /// A cluster with one large model, whose weights come from the hub.
    private static func large(_ model: String = "") -> String {
        """
        apiVersion: stowage.dev/v1alpha1
        kind: GPUCluster
        metadata: {name: large}
        spec:
          platform:
            cluster: large
            kubernetes: "1.35"
            karpenter: {version: "1.14", interruptionQueue: large}
            autoscaler: {keda: "2.20"}
            gpu: {ami: al2023@v20260714}
          models:
            - name: qwen
              source: Qwen/Qwen3-235B-A22B
              instances: {prefer: [p6-b200]}
              traffic: {requestsPerSecond: {steady: 2, peak: 20}, tokens: {input: 1000, output: 250}}
        \(model)
        """
    }

    private func spec(_ text: String) throws -> ClusterSpec {
        var report = Report()
        return try #require(understand(SpecSource(SourceFile(path: "spec.yaml", text: text)), &report), "\(text)")
    }

    private func advice(on text: String) throws -> AdviceReport {
        var report = Report()
        return try #require(advise(try spec(text), &report))
    }

    @Test("of an example gives what it promises when its edits are applied", arguments: Example.all)
    func examples(_ example: Example) throws {
        var report = Report()
        let spec = try #require(understand(try example.source(), &report))
        let found = try #require(advise(spec, &report))
        // Without anything else, a commitment for its nodes; those of DeepSeek are reserved.
        #expect(!found.advice.isEmpty || example.name == "deepseek")
        #expect(found.tried > 10)
        let today = found.today.money.expectedPerMonth.value
        for advice in found.advice {
            var own = Report()
            let changed = try #require(understand(spec.source.applying(advice.edits), &own), "\(advice.words)")
            let plan = try #require(plan(changed, &own), "\(advice.words)")
            #expect(plan.money.expectedPerMonth.value == advice.expectedPerMonth, "\(advice.words)")
            #expect(plan.money.worstPerMonth.value == advice.worstPerMonth, "\(advice.words)")
            #expect(today - advice.expectedPerMonth == advice.savedPerMonth && advice.savedPerMonth >= 1)
        }
        #expect(found.advice.map(\.savedPerMonth) == found.advice.map(\.savedPerMonth).sorted(by: >))
    }

    @Test("in the plan gives what it promises when its edits are applied", arguments: Example.all)
    func bestChanges(_ example: Example) throws {
        var report = Report()
        let spec = try #require(understand(try example.source(), &report))
        let today = try #require(plan(spec, &report))
        let changes = today.bestChanges.value
        #expect(changes.count <= 3)
        for change in changes {
            var own = Report()
            let changed = try #require(understand(spec.source.applying(change.edits), &own), "\(change.words)")
            let money = try #require(plan(changed, &own)?.money, "\(change.words)")
            #expect(money.expectedPerMonth.value == change.expectedPerMonth.value, "\(change.words)")
            #expect(money.worstPerMonth.value == change.worstPerMonth.value, "\(change.words)")
            let saved = today.money.expectedPerMonth.value - money.expectedPerMonth.value
            #expect(abs(saved - change.savedPerMonth.value) < 0.01, "\(change.words)")
            #expect(saved >= today.money.expectedPerMonth.value * 0.01, "\(change.words)")
        }
        let savings = changes.map(\.savedPerMonth.value)
        #expect(savings == savings.sorted(by: >))
        // The advice tries the same changes among others.
        let advice = try #require(advise(spec, &report)).advice
        #expect(savings.first ?? 0 <= (advice.first?.savedPerMonth ?? 0) + 0.01)
    }

    @Test("in the plan names weights from S3 where a cold start alone decides the minimum")
    func coldStart() throws {
        var report = Report()
        let best = try #require(plan(try spec(Self.large()), &report)).bestChanges.value
        #expect(try #require(best.first).words.hasPrefix("`weights: {from: s3://your-bucket/qwen}`"))
        let other = "      weights: {from: \"s3://models/qwen\"}\n"
        let rest = try #require(plan(try spec(Self.large(other)), &report)).bestChanges.value
        #expect(!rest.contains { $0.words.contains("s3://") })
    }

    @Test("names the weights that take too long to load, with the minimum that they cost")
    func source() throws {
        let found = try advice(on: Self.large())
        let source = try #require(found.advice.first { $0.words.contains("weights: {from: s3://your-bucket/qwen}") })
        #expect(source.isPattern && source.words.contains("with a bucket of yours"))
        #expect(source.effects.contains { $0.hasPrefix("cold start 2022 s → ") })
        #expect(source.savedPerMonth > found.today.money.expectedPerMonth.value * 0.3)
    }

    @Test("proposes nothing that the spec already has")
    func used() throws {
        let words = try advice(
            on: Self.large(
                "      weights: {from: \"s3://models/qwen\", quantize: allowed}\n      class: batch\n      priority: best-effort\n"
            )
        ).advice.map(\.words)
        for word in ["s3://", "quantize: allowed", "class:", "priority:"] {
            #expect(!words.contains { $0.contains(word) }, "\(words)")
        }
    }

    @Test("is written with the edits, and as JSON that says where they are")
    func pages() throws {
        let found = try advice(on: Self.large())
        let text = page(found)
        #expect(text.contains("# large, what would save") && text.contains("- **Edit** at spec.yaml:"))
        let json = try JSONSerialization.jsonObject(with: Data(figures(found).utf8)) as? [String: Any]
        let items = try #require(json?["advice"] as? [[String: Any]])
        #expect(items.count == found.advice.count)
        let edit = try #require((items.first?["edits"] as? [[String: Any]])?.first)
        #expect(edit["file"] as? String == "spec.yaml" && edit["text"] is String && edit["start"] is Int)
    }
}
