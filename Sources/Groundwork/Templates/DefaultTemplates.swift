import Diagnostics

extension TemplateLayer {
    /// The templates inside the binary.
    package static let defaults = TemplateLayer(
        "defaults", Embedded.templates.map { ($0.path, SourceFile(path: "templates/\($0.path)", text: $0.text)) },
        isDefault: true)
}
