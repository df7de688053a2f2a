/// Facts that are neither published nor measured for this cluster: a plan lists those that it rests on.
package enum Assumptions {
    package static let linkEfficiency = Parameter.assumption(
        "link efficiency", 0.7, "ratio", because: "share of NVLink or PCIe bandwidth that an all-reduce reaches",
        source: "too small a part of a step to be fitted separately")
    package static let graphMemory = Parameter.assumption(
        "CUDA graphs", 1, "GiB",
        because: "memory of the captured graphs on one GPU, which newer releases count against the memory share",
        replacedBy: "models[].serving.gpuMemoryUtilization")
    package static let unmeasuredTPOTMargin = Parameter.assumption(
        "wide TPOT margin", 1.6, "times",
        because: "no serving measurements are known for this GPU, so the margin is wider",
        replacedBy: "models[].measured.timePerOutputToken")
    package static let unmeasuredMoETPOTMargin = Parameter.assumption(
        "wide TPOT margin of MoE models", 2, "times",
        because: "no serving measurements are known for this GPU, and MoE models differ, so the margin is wider",
        replacedBy: "models[].measured.timePerOutputToken")
    package static let unmeasuredTTFTMargin = Parameter.assumption(
        "wide TTFT margin", 2, "times",
        because: "no serving measurements are known for this GPU, so the margin is wider",
        replacedBy: "models[].measured.timeToFirstToken")
    package static let speculativeTPOTMargin = Parameter.assumption(
        "TPOT margin of speculative decoding", 2, "times",
        because: "the cost of a draft and its acceptance rate depend on model and text, so the margin is wider",
        replacedBy: "models[].measured.timePerOutputToken")
    package static let poolingMargin = Parameter.assumption(
        "margin of models that generate no tokens", 2, "times",
        because: "the fit has no runs of embedding and reranking models, so the margin on the time of a step is wider",
        source:
            "a public benchmark of bge-reranker-v2-m3 on an RTX PRO 6000 with vLLM 0.16 took up to 1.6 times the prediction",
        replacedBy: "models[].measured")
    package static let imageMemory = Parameter.assumption(
        "image memory", 1, "GiB",
        because: "activations of the image encoder and its cache of encoded images on one GPU",
        replacedBy: "models[].serving.gpuMemoryUtilization")
    package static let draftMemory = Parameter.assumption(
        "draft model memory", 3, "GiB", because: "weights and KV cache of the draft model on one GPU",
        replacedBy: "models[].serving.gpuMemoryUtilization")
    package static let mpsOverhead = Parameter.assumption(
        "MPS overhead", 0.05, "ratio",
        because: "share of the GPU lost when processes share it through MPS, without context switches",
        source: "\(Parameter.article): the lower end of the 5 to 15% for context switches",
        replacedBy: "models[].measured")
    package static let sliceOverhead = Parameter.assumption(
        "time-slicing overhead", 0.15, "ratio",
        because: "share of the GPU lost to context switches when it is time-sliced",
        source: "\(Parameter.article): the upper end of the 5 to 15% for context switches",
        replacedBy: "models[].measured")
    package static let nodeLaunch = Parameter.assumption(
        "node launch", 90, "s", because: "EC2 launch, boot and kubelet ready for a GPU instance",
        replacedBy: "models[].coldStart.nodeLaunch")
    package static let imagePull = Parameter.assumption(
        "image pull", 120, "s", because: "about 10 GB of vLLM image on a new node",
        replacedBy: "models[].coldStart.imagePull")
    package static let objectStorageSpeed = Parameter.assumption(
        "object storage speed", 1.0, "GiB/s",
        because: "weights are streamed from S3 into the GPUs, many objects concurrently",
        replacedBy: "models[].coldStart.weightsLoad")
    package static let hubSpeed = Parameter.assumption(
        "Hugging Face speed", 0.25, "GiB/s",
        because: "weights are downloaded from Hugging Face to disk and read from there",
        replacedBy: "models[].coldStart.weightsLoad")
    package static let volumeSpeed = Parameter.assumption(
        "volume speed", 0.5, "GiB/s", because: "weights are read from a mounted volume",
        replacedBy: "models[].coldStart.weightsLoad")
    package static let imageSpeed = Parameter.assumption(
        "image speed", 0.25, "GiB/s", because: "weights are pulled as an image, unpacked and read",
        replacedBy: "models[].coldStart.weightsLoad")
    package static let warmUp = Parameter.assumption(
        "warm-up", 60, "s", because: "graph capture and the first forward pass", replacedBy: "models[].coldStart.warmUp"
    )
    package static let hostCoresBase = Parameter.assumption(
        "host cores", 1, "cores", because: "API server and scheduler of one vLLM replica")
    package static let hostCoresPerGPU = Parameter.assumption(
        "host cores per GPU", 2, "cores", because: "one worker process per GPU and its share of the tokenizer")
    package static let hostMemoryBase = Parameter.assumption(
        "host memory", 6, "GiB", because: "Python, tokenizers and CUDA host state of one replica")
    package static let hostMemoryPerGPU = Parameter.assumption(
        "host memory per GPU", 4, "GiB", because: "pinned buffers and shared memory of one worker")
    package static let imageStorage = Parameter.assumption(
        "image storage", 40, "GiB", because: "vLLM and driver images unpacked, with room for the next version")
    package static let replicaCache = Parameter.assumption(
        "replica cache", 10, "GiB", because: "compiled graphs, tokenizers and logs of one replica")
    package static let busySurge = Parameter.assumption(
        "surge in business hours", 0.5, "ratio",
        because: "in business hours traffic is assumed to be halfway between steady and peak")
}
