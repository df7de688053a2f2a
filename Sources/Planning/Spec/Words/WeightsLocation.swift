import Groundwork

/// Where weights are loaded from.
package enum WeightsLocation: Sendable, Hashable, FactConvertible {
    /// `s3://bucket/prefix`
    case s3(String)
    /// `hf://organization/model`: the repository's name
    case huggingFace(String)
    /// `pvc://claim`: the claim's name
    case persistentVolumeClaim(String)
    /// `oci://registry/image:tag`: the image's reference
    case image(String)

    /// The location as the spec writes it.
    package var text: String {
        switch self {
        case .s3(let uri): uri
        case .huggingFace(let repository): "hf://\(repository)"
        case .persistentVolumeClaim(let name): "pvc://\(name)"
        case .image(let reference): "oci://\(reference)"
        }
    }

    /// The volume claim that holds the weights; nil where they come from elsewhere.
    var volumeClaim: String? { if case .persistentVolumeClaim(let name) = self { name } else { nil } }
    /// The image that holds the weights; nil where they come from elsewhere.
    var imageReference: String? { if case .image(let reference) = self { reference } else { nil } }

    package static var kind: RecordType.Kind { .string }
    package var fact: FactValue { .string(text) }
}
