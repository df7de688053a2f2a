import Groundwork
import Planning

/// The labels of objects as a fact.
func labels(_ metadata: ObjectMetadata) -> [(String, Traced<String>)] {
    metadata.labels.map { ($0.key.value, $0.value) }
}

/// The annotations of objects as a fact.
func annotations(_ metadata: ObjectMetadata) -> [(String, Traced<String>)] {
    metadata.annotations.map { ($0.key.value, $0.value) }
}
