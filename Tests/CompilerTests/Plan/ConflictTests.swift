import Diagnostics
import Foundation
import Testing

@testable import Compiler
@testable import Groundwork
@testable import Planning

/// A case whose requirements are all that is wrong with it.
struct OverConstrained: CustomTestStringConvertible, Sendable {
    /// Those with one conflict of several requirements, any of which may give way.
    static let all = concurrently(Case.all) { OverConstrained($0) }

    let name: String
    let spec: ClusterSpec
    let conflict: Conflict

    var testDescription: String { name.replacing("-", with: " ") }

    private init?(_ example: Case) {
        guard example.expected("diagnostics.txt")?.contains("no plan meets") == true,
            let text = example.expected("spec.yaml")
        else { return nil }
        var report = Report()
        guard let spec = understand(SpecSource(SourceFile(path: "spec.yaml", text: text)), &report), !report.hasErrors
        else {
            return nil
        }
        let found = conflicts(of: spec)
        guard found.count == 1, let conflict = found.first else { return nil }
        (name, self.spec, self.conflict) = (example.name, spec, conflict)
    }
}

/// A model of a case of which it is said that no setting helps.
struct NoSettingHelps: CustomTestStringConvertible, Sendable {
    static let all = concurrently(Case.all) { found(in: $0) }.flatMap { $0 }

    let name: String
    let model: String
    let spec: ClusterSpec
    let settings: [Setting]

    var testDescription: String { "\(name.replacing("-", with: " ")): \(model)" }

    private static func found(in example: Case) -> [NoSettingHelps] {
        guard example.expected("diagnostics.txt")?.contains("does not help, nor does") == true,
            let text = example.expected("spec.yaml")
        else { return [] }
        var report = Report()
        guard let spec = understand(SpecSource(SourceFile(path: "spec.yaml", text: text)), &report) else { return [] }
        return conflicts(of: spec).compactMap { conflict -> NoSettingHelps? in
            guard case .none = conflict.reach, let name = conflict.model,
                let model = spec.models.first(where: { $0.name.value == name }),
                let workload = demand(of: model, spec, &report)?.workload
            else { return nil }
            let all =
                Planning.settings(model, workload, keeping: [], for: .size).flatMap { $0 }
                + otherWeights(model, workload)
            return NoSettingHelps(name: example.name, model: name, spec: spec, settings: all)
        }
    }
}

@Suite("A conflict of requirements")
struct ConflictTests {
    @Test("is tried on a dozen cases at least")
    func enough() {
        #expect(OverConstrained.all.count { $0.conflict.requirements.count > 1 && $0.conflict.anyOneHelps } >= 12)
    }

    @Test("goes away with any one of its requirements, and not without", arguments: OverConstrained.all)
    func minimal(_ example: OverConstrained) {
        #expect(!compiles(example.spec))
        for requirement in example.conflict.requirements {
            #expect(compiles(requirement.drop(example.spec)) || !example.conflict.anyOneHelps, "\(requirement.words)")
        }
        // The requirements that are not named are not to blame: dropping them all does not help.
        let named = Set(example.conflict.requirements.map(\.range.start))
        let idle = everyRequirement(example.spec).filter { !named.contains($0.range.start) }
        #expect(!compiles(idle.reduce(example.spec) { $1.drop($0) }))
    }

    @Test("is relaxed by every change that is proposed", arguments: OverConstrained.all)
    func relaxations(_ example: OverConstrained) {
        #expect(!example.conflict.relaxations.isEmpty)
        let prices = example.conflict.relaxations.filter { !$0.isPattern }.map { $0.worstPerMonth ?? .infinity }
        #expect(prices == prices.sorted(), "the cheapest comes first")
        for relaxation in example.conflict.relaxations {
            var report = Report()
            let compilation = compile(
                example.spec.source.applying(relaxation.edits), with: TemplateLibrary([.defaults]), &report)
            #expect(compilation?.plan.money.worstPerMonth.value == relaxation.worstPerMonth, "\(relaxation.words)")
            #expect(!report.hasErrors, "\(HumanPrinter(colors: false).text(of: report.diagnostics))")
        }
    }

    @Test("is told with the place of each requirement and the price of each change", arguments: OverConstrained.all)
    func told(_ example: OverConstrained) throws {
        var report = Report()
        #expect(plan(example.spec, &report) == nil)
        let error = try #require(report.diagnostics.first { $0.severity == .error })
        let places = [error.range?.start] + error.notes.map(\.range?.start)
        for requirement in example.conflict.requirements {
            #expect(places.contains(requirement.range.start), "\(requirement.words)")
        }
        let cheapest = try #require(example.conflict.relaxations.first)
        #expect(error.help.map(\.text).contains(cheapest.words))
    }

    @Test("says that settings do not help only where none of them does", arguments: NoSettingHelps.all)
    func noSettingHelps(_ example: NoSettingHelps) {
        let spec = example.spec
        #expect(!example.settings.isEmpty)
        for setting in example.settings {
            for edit in setting.edits {
                var report = Report()
                let changed = understand(spec.source.applying([edit]), &report)
                let left = changed.map { conflicts(of: $0) } ?? []
                #expect(left.contains { $0.model == example.model }, "\(edit.words)")
            }
        }
    }

    private func compiles(_ spec: ClusterSpec) -> Bool {
        var report = Report()
        return plan(spec, &report) != nil
    }

    private func everyRequirement(_ spec: ClusterSpec) -> [Requirement] {
        spec.models.flatMap { hardwareRequirements($0, spec) + objectiveRequirements($0) + loadRequirements($0) }
            + clusterRequirements(spec)
    }

    @Test("of a large fleet is sought among the models that could save the most, not among the most expensive")
    func largeFleet() throws {
        let spec = try fleet(
            budget: 300_000,
            Array(repeating: "meta-llama/Llama-3.3-70B-Instruct\n      replicas: {min: 1, max: 1}", count: 39)
                + ["meta-llama/Llama-3.1-8B-Instruct\n      replicas: {min: 1, max: 200}"])
        let conflict = try #require(conflicts(of: spec).first)
        #expect(conflict.requirements.map(\.words).contains("`model-39` may scale up to 200 replicas"))
        #expect(conflict.relaxations.contains { $0.edits.contains { $0.model == "model-39" } })
    }

    @Test("of a large fleet says how many models were not looked at, where that matters")
    func leftOut() throws {
        let spec = try fleet(
            budget: 9000,
            Array(repeating: "meta-llama/Llama-3.1-8B-Instruct\n      replicas: {min: 1, max: 20}", count: 40))
        let conflict = try #require(conflicts(of: spec).first)
        #expect(conflict.modelsLeftOut == 32)
        #expect(
            conflict.notes(besides: nil).map(\.message).last
                == "dropping every requirement of the models that could save the most is not enough; 32 more could save something"
        )
    }

    /// A spec of models, each given as what follows `source:`.
    private func fleet(budget: Int, _ models: [String]) throws -> ClusterSpec {
        let text = """
            apiVersion: stowage.dev/v1alpha1
            kind: GPUCluster
            metadata: {name: demo}
            spec:
              platform:
                cluster: demo
                kubernetes: "1.35"
                karpenter: {version: "1.14"}
                autoscaler: {keda: "2.20"}
                gpu: {ami: al2023@v20260714}
              budget: {limit: $\(budget)/month}
              models:

            """
        let entries = models.enumerated().map { "    - name: model-\($0)\n      source: \($1)\n" }.joined()
        var report = Report()
        return try #require(understand(SpecSource(SourceFile(path: "spec.yaml", text: text + entries)), &report))
    }
}
