/// A dtype of weights.
package enum DType: String, Word { case bf16, fp16, fp8, int4, mxfp4 }
