import Diagnostics
import Groundwork

/// Where a model's weights come from, and in which number format they are loaded.
package struct WeightsSpec: Sendable {
    package internal(set) var from: Traced<WeightsLocation>
    /// nil means as the catalog has it.
    package internal(set) var dtype: Traced<DType>?
    /// The side of the blocks that share a scale in FP8; nil means as the publisher's own.
    package let blockSize: Traced<Int>?
    /// Whether vLLM may turn them into 8 bits where that costs less.
    package internal(set) var quantize: Traced<QuantizePolicy>
    /// The Secret with the Hugging Face token, under the key `token`.
    package let tokenSecret: Traced<String>?
    package let range: SourceRange
}

extension WeightsSpec {
    init(_ fields: inout FieldReader, source: Traced<String>) {
        range = fields.range
        from = fields.optional(
            "from", .weightsLocation, "s3://, hf://, pvc:// or oci://; absent: the source on Hugging Face",
            default: Traced(
                .huggingFace(source.value),
                because: "weights come from Hugging Face, where the spec names no other place",
                Ingredient("source", source)))
        dtype = fields.optional(
            "dtype", .word,
            "the format of those at `from`; without `from`, `fp8` has vLLM turn 16 bits into 8; absent: the model's own"
        )
        blockSize = fields.optional(
            "blockSize", .count(1...1024, 128),
            "the side of the blocks that share a scale in FP8 weights (weight_block_size in config.json), 1 where a whole "
                + "channel or tensor does, or the group of int4 weights (group_size); absent: as in the publisher's own FP8 weights, "
                + "128 for int4")
        quantize = fields.optional(
            "quantize", .word, "whether vLLM may turn them into fp8 where that costs less", default: .never,
            because: "answers change a little, which only their owner can accept")
        tokenSecret = fields.optional(
            "tokenSecret", .objectName, "the Secret with the Hugging Face token, under `token`")
    }
}
