/// An image that generated pods or charts use, by its row in `images.csv`.
package enum ImageName: String, Sendable, CaseIterable {
    case vLLM = "vllm", dcgmExporter = "dcgm-exporter", devicePlugin = "device-plugin", migManager = "mig-manager",
        pause
    case gpuOperator = "gpu-operator", gpuOperatorExporter = "gpu-operator-exporter", gpuOperatorMIG =
        "gpu-operator-mig"
    case nodeFeatureDiscovery = "node-feature-discovery", draDriver = "dra-driver"
    case prometheusAdapter = "prometheus-adapter"
}

/// A registry that publishes such images.
package enum ImageRegistry: String, Word {
    case dockerHub = "docker.io", nvidia = "nvcr.io", kubernetes = "registry.k8s.io"
}

/// Where an image is published: a row of `images.csv`.
package struct CatalogImage: CatalogRow {
    package let name: ImageName
    package let registry: ImageRegistry
    /// Its path in the registry.
    package let path: String
    /// Empty if the spec or a chart decides it.
    package let tag: String
    package let reference: CatalogReference
}

extension CatalogImage {
    /// Its repository in its own registry, without the host of Docker Hub, which is the default.
    package var repository: String { registry == .dockerHub ? path : "\(registry.rawValue)/\(path)" }

    /// Reads the table of images.
    static func load() -> [CatalogImage] {
        scan("images", columns: ["name", "registry", "repository", "tag", "source"]) { row in
            let name = row.word(ImageName.self)
            return CatalogImage(
                name: name, registry: row.word(ImageRegistry.self), path: row.text(), tag: row.text(),
                reference: row.reference(name.rawValue, source: row.text()))
        }
    }
}

extension Catalog {
    /// The row of an image.
    package static func image(_ name: ImageName) -> CatalogImage {
        guard let image = images.first(where: { $0.name == name }) else {
            preconditionFailure("images.csv has no \(name.rawValue)")
        }
        return image
    }
}
