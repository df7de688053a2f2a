extension Thresholds {
    // MARK: Number formats

    package static let wholeWeight = Parameter(
        "bytes per 16-bit weight", 2, "B", because: "bf16 and fp16 have 16 bits", source: "IEEE 754, bfloat16")
    package static let fp8Weight = Parameter(
        "bytes per fp8 weight", 1, "B", because: "8 bits; there is one scale for a whole tensor or channel",
        source: "OCP 8-bit Floating Point Specification")
    package static let int4Weight = Parameter(
        "bytes per int4 weight", 0.53, "B",
        because: "4 bits and a scale for 128 weights, and some layers stay in 16 bits",
        source: "the group size of AWQ and GPTQ checkpoints; assumption for the layers that stay whole")
    package static let int4Group = Parameter(
        "int4 group", 128, "weights", because: "weights that share a scale in AWQ and GPTQ checkpoints",
        source: "the default group_size of AutoAWQ, AutoGPTQ and llm-compressor")
    package static let leastScaleBlock = Parameter(
        "least scale block", 32, "weights",
        because: "vLLM spreads the scales of experts over blocks no smaller than this",
        source: "vLLM model_executor/layers/quantization: fp8.py, moe_wna16.py")
    package static let widthStep = Parameter(
        "step of widths", 64, "columns", because: "the widths of experts are multiples of it",
        source: "moe_intermediate_size of the mixtures in model-architectures.csv")
    package static let widthTolerance = Parameter(
        "tolerance of a width", 0.0025, "ratio",
        because: "parameters rounded to three digits name a width of up to 2,560 no less exactly",
        source: Parameter.choice)
    package static let mxfp4Weight = Parameter(
        "bytes per mxfp4 weight", 0.531, "B", because: "4 bits and a scale of 8 bits for 32 weights",
        source: "OCP Microscaling Formats Specification")
}

extension DType {
    /// Whether weights in it were quantized from 16 bits, with scales beside them.
    package var isQuantized: Bool {
        switch self {
        case .bf16, .fp16: false
        case .fp8, .int4, .mxfp4: true
        }
    }

    /// Bytes of a weight, with its part of what stands beside the weights.
    package var size: Parameter {
        switch self {
        case .bf16, .fp16: Thresholds.wholeWeight
        case .fp8: Thresholds.fp8Weight
        case .int4: Thresholds.int4Weight
        case .mxfp4: Thresholds.mxfp4Weight
        }
    }
}
