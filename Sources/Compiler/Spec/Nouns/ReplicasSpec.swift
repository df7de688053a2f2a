import Diagnostics

/// How few and how many replicas a model may have.
package struct ReplicasSpec: Sendable {
    package let min: Traced<Int>
    package let max: Traced<Int>
    package let range: SourceRange
}
