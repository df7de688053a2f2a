import Diagnostics

/// Where a model's weights come from, and in which number format they are loaded.
package struct WeightsSpec: Sendable {
    package let from: Traced<WeightsLocation>
    /// nil means as the catalog has it.
    package let dtype: Traced<DType>?
    /// The Secret with the Hugging Face token, under the key `token`.
    package let tokenSecret: Traced<String>?
    package let range: SourceRange
}
