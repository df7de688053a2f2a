import Groundwork

extension Inventory.Container {
    /// Whether it is the DCGM exporter.
    var isExporter: Bool { name == "dcgm-exporter" || value["image"]?.text?.mentions("dcgm-exporter") ?? false }

    /// The literal value of an environment variable.
    func variable(_ name: String) -> ManifestValue? {
        value["env"]?.items?.first { $0["name"]?.text == name }?["value"]
    }
}
