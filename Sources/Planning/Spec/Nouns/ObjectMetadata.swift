import Groundwork

/// Labels and annotations that the spec puts on generated objects.
package struct ObjectMetadata: Sendable {
    /// A label or annotation: its key and its value.
    package typealias Entry = (key: Traced<String>, value: Traced<String>)

    package let labels: [Entry]
    package let annotations: [Entry]

    /// These, with those of a narrower scope: where both set a key, the narrower scope wins.
    package func overridden(by narrower: ObjectMetadata) -> ObjectMetadata {
        ObjectMetadata(
            labels: Self.merged(labels, narrower.labels), annotations: Self.merged(annotations, narrower.annotations))
    }

    private static func merged(_ outer: [Entry], _ inner: [Entry]) -> [Entry] {
        outer.filter { entry in inner.allSatisfy { $0.key.value != entry.key.value } } + inner
    }
}

extension ObjectMetadata {
    /// Reads `labels` and `annotations` of a mapping.
    init(_ fields: inout FieldReader, on objects: String) {
        labels = fields.table(
            "labels", .labelKey, .labelValue, "labels of \(objects), for example for cost allocation; default: none")
        annotations = fields.table(
            "annotations", .annotationKey, .anyText.example("ml-platform@example.com"),
            "annotations of \(objects); default: none")
    }

    /// Reads those of the spec's own metadata, which tools that run Stowage annotate as well.
    init(header fields: inout FieldReader) {
        let all = ObjectMetadata(&fields, on: "every generated object, besides those of `platform`")
        labels = all.labels
        annotations = all.annotations.filter { !Patterns.toolAnnotation.matches($0.key.value) }
    }
}
