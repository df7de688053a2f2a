/// A number format of weights.
package enum DType: String, Word { case bf16, fp16, fp8, int4, mxfp4 }

extension DType {
    /// Bytes of a weight, with its part of what stands beside the weights.
    package var size: Threshold {
        switch self {
        case .bf16, .fp16: Thresholds.wholeWeight
        case .fp8: Thresholds.fp8Weight
        case .int4: Thresholds.int4Weight
        case .mxfp4: Thresholds.mxfp4Weight
        }
    }
}
