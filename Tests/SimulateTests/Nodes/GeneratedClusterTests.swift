import Foundation
import Groundwork
import Simulate
import Testing

/// The committed trees, from their manifests alone.
@Suite("The pods of a generated tree")
struct GeneratedClusterTests {
    @Test(
        "all get a node of a pool that they select",
        arguments: ["minimal", "scaling", "fleet", "deepseek"])
    func allRun(_ name: String) throws {
        let objects = try Self.objects(name)
        let pools = objects.compactMap { KarpenterPool(reading: $0) }
        let priorities = PriorityClasses(objects)
        let claims = claimedDevices(objects)
        func specs(_ kind: String) -> [(object: ManifestValue, spec: PodPlacementSpec)] {
            objects.filter { $0["kind"]?.text == kind }.compactMap { object in
                PodPlacementSpec(workload: object, priorities: priorities, claims: claims).map { (object, $0) }
            }
        }
        let named = Set(pools.flatMap { Self.zones(of: $0.name, objects) }).sorted()
        // Without a requirement, the subnets decide.
        let zones = named.isEmpty ? ["us-east-1a", "us-east-1b"] : named
        let region = String(try #require(zones.first).dropLast())
        let types = Catalog.instanceTypes.compactMap {
            OfferedType($0, region: region, zones: zones)
        }
        let karpenter = Karpenter(pools: pools, types: types, daemons: specs("DaemonSet").map(\.spec))
        let workloads = specs("Deployment").filter { $0.spec.requests.amounts.keys.contains("nvidia.com/gpu") }
        var run = ClusterRun(try #require(workloads.first?.spec), karpenter)
        for (object, spec) in workloads { run.add(max(1, object["spec"]?["replicas"]?.integer ?? 2), of: spec) }
        run.run(until: 600)
        let pending = run.cluster.pods.filter(\.isPending)
        #expect(pending.isEmpty, "\(run.log.filter { $0.contains("unprovisionable") }.prefix(5))")
        #expect(!run.cluster.pods.isEmpty)
        for pod in run.cluster.pods {
            let node = try #require(pod.node.flatMap(run.cluster.node))
            #expect(pools.map(\.name).contains(node.labels["karpenter.sh/nodepool"] ?? ""))
        }
    }

    /// The zones that a NodePool requires.
    private static func zones(of pool: String, _ objects: [ManifestValue]) -> [String] {
        objects.filter { $0["kind"]?.text == "NodePool" && $0.at("metadata", "name")?.text == pool }.flatMap { object in
            (object.at("spec", "template", "spec", "requirements")?.items ?? []).flatMap { requirement in
                requirement["key"]?.text == "topology.kubernetes.io/zone"
                    ? requirement["values"]?.items?.compactMap(\.text) ?? [] : []
            }
        }
    }

    private static func objects(_ name: String) throws -> [ManifestValue] {
        let tree = URL(filePath: #filePath).appending(path: "../../../../out/\(name)").standardized
        let walk = FileManager.default.enumerator(at: tree, includingPropertiesForKeys: nil)
        var files: [URL] = []
        for case let file as URL in walk ?? .init() where file.pathExtension == "yaml" { files.append(file) }
        return try files.sorted { $0.path < $1.path }.flatMap { file in
            try SimulateTests.objects(try String(contentsOf: file, encoding: .utf8))
        }
    }
}
