import Diagnostics
import Groundwork
import Testing

@testable import Import

@Suite("A comparison")
struct ComparisonTests {
    private func object(_ text: String) throws -> ImportedObject {
        var report = Report()
        let manifest = try #require(readManifest(SourceFile(path: "object.yaml", text: text), &report))
        let root = try #require(manifest.documents.first?.root)
        return try #require(ImportedObject(root))
    }

    private func differences(_ spec: String, _ input: String, kind: String = "Deployment") throws -> [Difference] {
        let head = "apiVersion: apps/v1\nkind: \(kind)\nmetadata: {name: a}\nspec: "
        return Import.differences(try object(head + spec), try object(head + input))
    }

    @Test("ignores what the server fills in")
    func defaults() throws {
        let filled = """
            {replicas: 3, revisionHistoryLimit: 10, strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 25%}}, \
            template: {spec: {restartPolicy: Always, containers: [{name: c, image: "i:1", imagePullPolicy: IfNotPresent, resources: {limits: {memory: 1Gi}}}]}}}
            """
        let written =
            "{template: {spec: {containers: [{name: c, image: \"i:1\", resources: {limits: {memory: 1024Mi}}}]}}}"
        #expect(try differences(written, filled).map(\.pointer) == [])
    }

    @Test("keeps empty values that mean something")
    func empties() throws {
        let found = try differences(
            "{template: {spec: {volumes: [{name: v}]}}}", "{template: {spec: {volumes: [{name: v, emptyDir: {}}]}}}")
        #expect(found.map(\.pointer) == ["/spec/template/spec/volumes/0/emptyDir"])
    }

    @Test("finds one difference where one argument is more, and says that pods restart")
    func lists() throws {
        let found = try differences(
            "{template: {spec: {containers: [{name: c, args: [--a=1, --b=2, --c=3]}]}}}",
            "{template: {spec: {containers: [{name: c, args: [--a=1, --c=3]}]}}}")
        #expect(found.map(\.pointer) == ["/spec/template/spec/containers/0/args/1"])
        #expect(found.map(\.effect) == [.restartsPods])
    }

    @Test("sees the order of arguments")
    func order() throws {
        let found = try differences(
            "{template: {spec: {containers: [{name: c, args: [--a=1, --b=2]}]}}}",
            "{template: {spec: {containers: [{name: c, args: [--b=2, --a=1]}]}}}")
        #expect(found.count == 1)
    }

    @Test("names the effect on nodes, scaling and money")
    func effects() throws {
        let pool = try differences(
            "{limits: {cpu: 4}, template: {spec: {expireAfter: Never}}}",
            "{limits: {cpu: 8}, template: {spec: {expireAfter: 48h}}}",
            kind: "NodePool")
        #expect(Set(pool.map(\.effect)) == [.changesMoney, .replacesNodes])
        let scaler = try differences("{maxReplicaCount: 4}", "{maxReplicaCount: 6}", kind: "ScaledObject")
        #expect(scaler.map(\.effect) == [.changesScaling])
    }

    @Test("hides credentials")
    func secrets() throws {
        let found = try differences(
            "{template: {spec: {containers: [{name: c, env: [{name: API_KEY, value: one}]}]}}}",
            "{template: {spec: {containers: [{name: c, env: [{name: API_KEY, value: another}]}]}}}")
        #expect(found.map(\.isSecret) == [true])
        #expect(!found.map(\.words).joined().contains("another"))
    }
}
