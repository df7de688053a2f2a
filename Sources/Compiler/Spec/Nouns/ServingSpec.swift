import Diagnostics

/// The vLLM that serves a model.
package struct ServingSpec: Sendable {
    package let image: Traced<String>
    /// It selects metric names and flags.
    package let version: Traced<Version>
    package let extraArgs: [Traced<String>]
    package let pullSecrets: [Traced<String>]
    package let range: SourceRange
}
