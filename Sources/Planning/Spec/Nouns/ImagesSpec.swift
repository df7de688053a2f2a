import Diagnostics
import Groundwork

/// Where the images of generated pods come from.
package struct ImagesSpec: Sendable {
    /// A mirror of all registries.
    package let registry: Traced<String>?
    /// Mirrors by upstream registry; they override `registry`.
    package let registries: [(upstream: Traced<ImageRegistry>, mirror: Traced<String>)]
    package let vLLM: Traced<String>?
    package let dcgmExporter: Traced<String>?
    package let devicePlugin: Traced<String>?
    package let migManager: Traced<String>?
    package let mps: Traced<String>?
    package let pause: Traced<String>?
    /// Image pull Secrets of all generated pods.
    package let pullSecrets: [Traced<String>]
    package let range: SourceRange
}

extension ImagesSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        registry = fields.optional(
            "registry", .registry,
            "mirror of the registries: it has each image at its upstream path, without the upstream host; default: the "
                + "upstream registries")
        registries = fields.table(
            "registries", .word, .registry,
            "mirrors by upstream registry, such as the prefixes of a pull-through cache; default: `registry`"
        )
        .map { (upstream: $0.key, mirror: $0.value) }
        vLLM = fields.optional(
            "vllm", .image.example("registry.example.com/llm/vllm-openai:v0.19.0"),
            "image of vLLM for the models without `serving.image`; default: that of the model's vLLM version")
        dcgmExporter = Self.image(
            &fields, "dcgmExporter", .dcgmExporter, "the DCGM exporter, whose release decides the names of GPU metrics",
            example: "registry.example.com/gpu/dcgm-exporter:4.6.0-4.8.3-distroless")
        devicePlugin = Self.image(
            &fields, "devicePlugin", .devicePlugin, "the NVIDIA device plugin",
            example: "registry.example.com/gpu/k8s-device-plugin:v0.20.0")
        migManager = Self.image(
            &fields, "migManager", .migManager, "the MIG manager",
            example: "registry.example.com/gpu/k8s-mig-manager:v0.14.5")
        mps = fields.optional(
            "mps", .image.example("registry.example.com/gpu/k8s-device-plugin:v0.20.0"),
            "image of the MPS daemon; default: that of the device plugin")
        pause = Self.image(
            &fields, "pause", .pause, "the placeholder pods of `headroom`",
            example: "registry.example.com/k8s/pause:3.10")
        pullSecrets = fields.list(
            "pullSecrets", .objectName.example("registry-credentials"),
            "image pull Secrets of all generated pods, in their namespaces")
    }

    /// Reads the reference of an image that has a row in the catalog.
    private static func image(
        _ fields: inout FieldReader, _ key: String, _ name: ImageName, _ words: String, example: String
    ) -> Traced<String>? {
        let row = Catalog.image(name)
        return fields.optional(
            key, .image.example(example), "image of \(words); default: \(row.repository):\(row.tag)")
    }
}

extension ImagesSpec {
    /// The mirror of a registry; nil if there is none.
    private func mirror(of registry: ImageRegistry) -> Traced<String>? {
        registries.first { $0.upstream.value == registry }?.mirror ?? self.registry
    }

    /// The repository of an image in its mirror; nil without a mirror.
    package func mirrored(_ name: ImageName) -> Traced<String>? {
        let row = Catalog.image(name)
        return mirror(of: row.registry).map { mirror in
            Traced(
                "\(mirror.value)/\(row.path)", because: "a mirror has each image at its upstream path",
                Ingredient("registry", mirror), Ingredient("upstream image", row.traced(\.repository)))
        }
    }

    /// The reference of an image, from its mirror if there is one.
    func reference(_ name: ImageName, tag: Traced<String>) -> Traced<String> {
        guard let mirrored = mirrored(name) else {
            return tag.map { "\(Catalog.image(name).repository):\($0)" }
        }
        return Traced(
            "\(mirrored.value):\(tag.value)", because: "the tag of the upstream image, in its mirror",
            Ingredient("repository", mirrored), Ingredient("tag", tag))
    }

    /// The reference of an image that the catalog has a release of.
    package func reference(_ name: ImageName) -> Traced<String> {
        let own =
            switch name {
            case .dcgmExporter: dcgmExporter
            case .devicePlugin: devicePlugin
            case .migManager: migManager
            case .pause: pause
            default: nil as Traced<String>?
            }
        return own ?? reference(name, tag: Catalog.image(name).traced(\.tag))
    }

    /// The reference of the MPS daemon's image, which is part of the device plugin's.
    package var mpsReference: Traced<String> { mps ?? reference(.devicePlugin) }
}
