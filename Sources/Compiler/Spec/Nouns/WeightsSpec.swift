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

extension WeightsSpec {
    init(_ fields: inout FieldReader, source: Traced<String>) {
        range = fields.range
        from = fields.optional(
            "from", .weightsLocation, "s3://, hf://, pvc:// or oci://; absent: the source on Hugging Face",
            default: derive("hf://{source}", ("source", source)) { .huggingFace($0) })
        dtype = fields.optional("dtype", .word, "the format they are loaded in; absent: the model's own")
        tokenSecret = fields.optional(
            "tokenSecret", .objectName, "the Secret with the Hugging Face token, under `token`")
    }
}
