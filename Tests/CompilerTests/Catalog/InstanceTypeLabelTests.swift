import Groundwork
import Testing

@Suite("The labels that Karpenter derives from a type")
struct InstanceTypeLabelTests {
    private func label(_ name: String, of type: String) throws -> InstanceType.NodeLabel {
        try #require(Catalog.instanceType(named: type)).nodeLabel("karpenter.k8s.aws/instance-\(name)")
    }

    @Test("are the parts of its name and its figures")
    func values() throws {
        for (name, value) in [
            ("family", "p5"), ("size", "48xlarge"), ("category", "p"), ("generation", "5"), ("cpu", "192"),
            ("memory", "2097152"), ("gpu-name", "h100"), ("gpu-manufacturer", "nvidia"), ("gpu-count", "8"),
            ("gpu-memory", "81920"),
        ] {
            #expect(try label(name, of: "p5.48xlarge") == .value(value), "\(name)")
        }
        #expect(try label("category", of: "g6e.xlarge") == .value("g"))
        #expect(try label("generation", of: "g6e.xlarge") == .value("6"))
    }

    @Test("are absent where the type has none of it, and unknown where the catalog does not say")
    func absence() throws {
        #expect(try label("local-nvme", of: "g5g.xlarge") == .absent)
        #expect(try label("local-nvme", of: "g6e.xlarge") == .value("250"))
        #expect(try label("accelerator-count", of: "p5.48xlarge") == .absent)
        #expect(try label("ebs-bandwidth", of: "p5.48xlarge") == .unknown)
        // Another domain, as long as that of Karpenter.
        let type = try #require(Catalog.instanceType(named: "p5.48xlarge"))
        #expect(type.nodeLabel("nodes.example.com/instance-cpu") == .unknown)
    }

    @Test("are listed for each type that has them")
    func listed() {
        for key in InstanceType.nodeLabels {
            #expect(Catalog.instanceTypes.allSatisfy { $0.nodeLabel(key) != .unknown }, "\(key)")
        }
    }
}
