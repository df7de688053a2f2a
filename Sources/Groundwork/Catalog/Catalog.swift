/// Hardware, models and prices that Stowage knows: the tables of `Catalog/Tables`, each read on first use.
package enum Catalog {
    package static let instanceTypes: [InstanceType] = InstanceType.load()
    package static let gpus: [GPU] = GPU.load()
    /// The oldest GPU on which vLLM runs each dtype.
    package static let dtypes: [DTypeRow] = DTypeRow.load()
    package static let models: [ModelArchitecture] = ModelArchitecture.load()
    package static let visionEncoders: [VisionEncoder] = VisionEncoder.load()
    package static let migProfiles: [MIGProfile] = MIGProfile.load()
    /// What each release of the platform's parts can do, each feature's rows in the order of their releases.
    package static let features: [FeatureRow] = FeatureRow.load()

    /// Where the images of generated pods and of charts are published.
    package static let images: [CatalogImage] = CatalogImage.load()
    package static let timeZones: [TimeZoneRow] = TimeZoneRow.load()

    /// The instance type of a name such as `p5.48xlarge`.
    package static func instanceType(named name: String) -> InstanceType? {
        instanceTypeIndices[name].map { instanceTypes[$0] }
    }

    /// The instance types of a family such as `p5`, in the order of the table.
    package static func instanceTypes(ofFamily family: String) -> [InstanceType] {
        instanceTypes.filter { $0.family == family }
    }

    /// The GPU with an id such as `a100-40gb`.
    package static func gpu(_ id: String) -> GPU? { gpus.first { $0.id == id } }

    /// The GPU of an instance type.
    package static func gpu(of type: InstanceType) -> GPU {
        guard let gpu = gpu(type.gpuID) else { preconditionFailure("gpus.csv has no \(type.gpuID)") }
        return gpu
    }

    /// The model of a Hugging Face name such as `Qwen/Qwen3-8B`.
    package static func model(named name: String) -> ModelArchitecture? { modelIndices[name].map { models[$0] } }

    /// The encoder of a model's images; nil if the model takes none, or it is not known.
    package static func visionEncoder(of model: String) -> VisionEncoder? {
        visionEncoders.first { $0.model == model }
    }

    /// The time zone of a name such as `Asia/Seoul`, exactly as the IANA database writes it.
    package static func timeZone(named name: String) -> TimeZoneRow? { timeZoneIndices[name].map { timeZones[$0] } }

    /// The MIG profiles of a GPU, in the order of the table.
    package static func migProfiles(gpu id: String) -> [MIGProfile] { migProfiles.filter { $0.gpuID == id } }

    /// A profile of a GPU by its name, such as `1g.10gb`.
    package static func migProfile(gpu id: String, profile: String) -> MIGProfile? {
        migProfiles.first { $0.gpuID == id && $0.name == profile }
    }

    /// Why a family that is not in the table of instance types cannot be used, if that is known.
    package static func rejection(ofFamily family: String) -> String? {
        unsupportedFamilies.first { $0.family == family }?.reason
    }

    private static let instanceTypeIndices = indices(instanceTypes.map(\.name))
    private static let modelIndices = indices(models.map(\.name))
    private static let timeZoneIndices = indices(timeZones.map(\.name))
    private static let unsupportedFamilies = scan("unsupported-families", columns: ["family", "reason"]) { row in
        (family: row.text(), reason: row.text())
    }

    private static func indices(_ keys: [String]) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) })
    }
}
