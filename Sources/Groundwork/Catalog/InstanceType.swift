/// An EC2 instance type with NVIDIA GPUs: a row of `instance-types.csv`.
///
/// A class, because every candidate of every model refers to one.
package final class InstanceType: CatalogRow {
    /// A way to buy it.
    package enum Purchase: String, Sendable {
        case onDemand = "on-demand", spot, capacityBlock = "capacity-block"
        /// Only together with its neighbors, to which NVLink connects its GPUs.
        case ultraServer = "ultraserver"
    }
    /// The processor's architecture, as Kubernetes names it.
    package enum Processor: String, Sendable { case amd64, arm64 }
    /// Whether a region offers it, according to the catalog.
    package enum Offering: Sendable { case offered, notOffered, unknown }

    package let name: String
    /// The name up to the dot: `p5` of `p5.48xlarge`.
    package let family: String
    /// The id of its GPU: a row of `gpus.csv`.
    package let gpuID: String
    /// The value of `karpenter.k8s.aws/instance-gpu-name`.
    package let gpuLabel: String
    package let gpuCount: Int
    /// Memory of one GPU as EC2 reports it: the value of `karpenter.k8s.aws/instance-gpu-memory`.
    package let gpuMemoryMiB: Int
    package let vcpu: Int
    package let memoryMiB: Int
    package let processor: Processor
    /// EFA interfaces.
    package let efaCount: Int
    /// Local NVMe, in 10⁹ bytes; 0 if it has none.
    package let nvmeGB: Int
    /// Baseline network bandwidth, in 10⁹ bits per second.
    package let networkGbps: Double
    /// What Karpenter lets pods request, in millicores.
    package let allocatableMilliCPU: Int
    package let allocatableMemoryMiB: Int
    package let maxPods: Int
    package let purchases: [Purchase]
    /// Why no model can be served on it; nil if one can.
    package let rejection: String?
    /// Why the planner uses it only if `prefer` names it; nil if it may choose it.
    package let reserve: String?
    package let reference: CatalogReference

    private init(_ row: inout RowScanner) {
        let name = row.text()
        self.name = name
        reference = row.reference(name)
        family = name.split(separator: ".").first.map(String.init) ?? name
        gpuID = row.text()
        gpuLabel = row.text()
        gpuCount = row.integer()
        gpuMemoryMiB = row.integer()
        vcpu = row.integer()
        memoryMiB = row.integer()
        processor = row.word(Processor.self)
        efaCount = row.integer()
        nvmeGB = row.integer()
        networkGbps = row.number()
        allocatableMilliCPU = row.integer()
        allocatableMemoryMiB = row.integer()
        maxPods = row.integer()
        purchases = Self.purchases(&row)
        (rejection, reserve) = Self.restrictions(row.text())
    }

    package var isUsable: Bool { rejection == nil }
    package var hasSpot: Bool { purchases.contains(.spot) }
    package var isSoldOnDemand: Bool { purchases.contains(.onDemand) }
    /// Whether NVLink connects its GPUs to those of other nodes.
    package var isUltraServer: Bool { purchases.contains(.ultraServer) }
    package var hasCapacityBlocks: Bool { purchases.contains(.capacityBlock) }

    /// Whether a region offers it; unknown outside the regions of the table of prices, and for types that no region of it offers.
    package func offering(in region: String) -> Offering {
        if let zones = Catalog.price(of: self, region: region)?.zones { return zones > 0 ? .offered : .notOffered }
        return Catalog.hasPrices(of: region) && Catalog.isOfferedAnywhere(self) ? .notOffered : .unknown
    }
}

extension InstanceType {
    /// Reads the table of instance types.
    static func load() -> [InstanceType] {
        let columns = [
            "type", "gpu", "gpu-label", "gpus", "gpu-mib", "vcpu", "mib", "arch", "efa", "nvme-gb", "network-gbps",
            "allocatable-millicpu", "allocatable-mib", "max-pods", "purchase", "usable",
        ]
        return scan("instance-types", columns: columns) { row in InstanceType(&row) }
    }

    private static func purchases(_ row: inout RowScanner) -> [Purchase] {
        row.words().map { word in
            guard let purchase = Purchase(rawValue: word) else { row.fail("`\(word)` is not a purchase option") }
            return purchase
        }
    }

    private static func restrictions(_ usable: String) -> (rejection: String?, reserve: String?) {
        let mark = "by name: "
        if usable == "yes" { return (nil, nil) }
        return usable.hasPrefix(mark) ? (nil, String(usable.dropFirst(mark.count))) : (usable, nil)
    }
}

extension InstanceType {
    /// The GPUs of a node of the type.
    package var gpus: Reasoned { Traced(gpuCount, .catalog(reference)).named("GPUs of \(name)", "GPUs") }
}
