/// An argument of `vllm serve` that the plan decides.
package struct PlannedArgument: Sendable {
    package let flag: String
    /// What it follows from in the spec.
    package let source: String

    /// The planned argument of which a text such as `--max-num-seqs=12` is one; nil if the plan does not decide it.
    package static func of(_ text: String) -> PlannedArgument? {
        let flag = text.prefix { $0 != "=" && $0 != " " }
        return all.first { $0.flag == flag }.map { PlannedArgument(flag: $0.flag, source: $0.source) }
    }

    private static let all: [(flag: String, source: String)] = [
        ("--max-model-len", "`context`"), ("--tensor-parallel-size", "`gpu: {tensorParallel: …}`"),
        ("-tp", "`gpu: {tensorParallel: …}`"), ("--data-parallel-size", "`replicas`"), ("-dp", "`replicas`"),
        ("--pipeline-parallel-size", "`gpu: {tensorParallel: …}`"), ("-pp", "`gpu: {tensorParallel: …}`"),
        ("--served-model-name", "the model's `name`"), ("--model", "`weights: {from: …}`"),
        ("--dtype", "`weights: {dtype: …}`"),
        ("--quantization", "`weights: {dtype: …}`"), ("--kv-cache-dtype", "`serving: {kvCacheDType: …}`"),
        ("--max-num-seqs", "the operating point, or `measured: {concurrency: …}`"),
        ("--gpu-memory-utilization", "`serving: {gpuMemoryUtilization: …}`"),
        ("--max-num-batched-tokens", "`serving: {maxNumBatchedTokens: …}`"),
        ("--enable-expert-parallel", "`gpu: {expertParallel: true}`"), ("-ep", "`gpu: {expertParallel: true}`"),
        ("--runner", "`task`"), ("--limit-mm-per-prompt", "`traffic: {images: …}`"), ("--task", "`task`"),
        ("--port", "the Service"), ("--host", "the Service"),
        ("--shutdown-timeout", "the drain time"),
        ("--max-num-queued-reqs", "`serving: {maxNumQueuedReqs: …}`"),
        ("--max-num-queued-tokens", "`serving: {maxNumQueuedTokens: …}`"),
    ]
}
