import Compiler
import Simulate
import Testing

@Suite("The cost of a simulation")
struct CostTests {
    /// Node groups: one that Cluster Autoscaler resizes, and two whose size does not change.
    @Test("is that of the plan at steady load", arguments: ["groups", "minimal"])
    func steady(_ name: String) throws {
        let plan = try compiled(name, name).plan
        var scenario = LoadScenario()
        scenario.shape = .steady
        scenario.duration = 4 * 3_600
        let result = try #require(
            try SimulationTests.run(SimulationTests.cluster(compiled(name, name)), scenario).first)
        let monthly = result.dollars / 4 * 730
        // The plan counts root volumes, too.
        let planned = plan.money.steadyPerMonth.value
        #expect(monthly <= planned && monthly >= 0.95 * planned, "$\(monthly) a month, and \(planned) by the plan")
    }

    @Test("counts the nodes of a group for the replicas on them, within its size")
    func nodes() {
        let group = NodeGroupUse(
            name: "shared", replicasPerNode: ["chat": 1, "tags": 4], price: 2, gpus: 1, size: 1...3)
        #expect(group.nodes([:]) == 1)
        #expect(group.nodes(["chat": 1, "tags": 4]) == 2)
        #expect(group.nodes(["chat": 1, "tags": 5]) == 3)
        #expect(group.nodes(["chat": 9]) == 3)
    }
}
