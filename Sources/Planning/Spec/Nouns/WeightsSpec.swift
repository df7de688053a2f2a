import Diagnostics
import Groundwork

/// Where a model's weights come from, and the dtype in which they are loaded.
package struct WeightsSpec: Sendable {
    package internal(set) var from: Traced<WeightsLocation>
    /// nil means that of the catalog.
    package internal(set) var dtype: Traced<DType>?
    /// The side of the blocks that share a scale in FP8; nil means as the publisher's own.
    package let blockSize: Traced<Int>?
    /// Whether vLLM may quantize them to 8 bits where that costs less.
    package internal(set) var quantize: Traced<QuantizePolicy>
    /// The Secret with the Hugging Face token, under the key `token`.
    package let tokenSecret: Traced<String>?
    package let range: SourceRange
}

extension WeightsSpec {
    init(_ fields: inout FieldReader, source: Traced<String>) {
        range = fields.range
        from = fields.optional(
            "from", .weightsLocation, "s3://, hf://, pvc:// or oci://; default: the source on Hugging Face",
            default: Traced(
                .huggingFace(source.value),
                because: "weights come from Hugging Face unless the spec sets another location",
                Ingredient("source", source)))
        dtype = fields.optional(
            "dtype", .word,
            "dtype of the weights at `from`; without `from`, `fp8` makes vLLM quantize 16 bits to 8; default: that of the model"
        )
        blockSize = fields.optional(
            "blockSize", .count(1...1024, 128),
            "side of the blocks that share a scale in FP8 weights (weight_block_size in config.json), 1 where a whole "
                + "channel or tensor shares one, or the group size of int4 weights (group_size); default: that of the publisher's "
                + "FP8 weights, 128 for int4")
        quantize = fields.optional(
            "quantize", .word, "whether vLLM may quantize them to fp8 where that costs less", default: .never,
            because: "quantization changes answers slightly, which the spec has to accept")
        tokenSecret = fields.optional(
            "tokenSecret", .objectName, "Secret with the Hugging Face token, under the key `token`; default: none")
    }
}
