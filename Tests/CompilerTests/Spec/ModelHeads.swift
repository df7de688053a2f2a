/// The heads of the sections on parts of a model.
let modelHeads: [String: SectionHead] = [
    "spec.models[].architecture": SectionHead(
        note: """
            `architecture: {config: config.json}` reads the model's `config.json` beside the spec ([which keys](models.md)). Otherwise the spec has the
            values, which are in that file under the names that the table gives. What they decide: [memory](capacity.md#memory) and
            [the supported numbers of GPUs](capacity.md#supported-numbers-of-gpus).
            """,
        example: """
            source: example/assistant-14b
            architecture:
              parameters: 14.8B
              layers: 48
              hidden: 5120
              attentionHeads: 40
              kvHeads: 8
              vocabulary: 152064
              mlpWidth: 13824
              maxContext: 32k
            """),
    "spec.models[].architecture.experts": SectionHead(
        example: """
            source: example/assistant-30b-a3b
            architecture:
              parameters: 30.5B
              activeParameters: 3.3B
              layers: 48
              hidden: 2048
              attentionHeads: 32
              kvHeads: 4
              headDimension: 128
              maxContext: 40k
              experts: {count: 128, perToken: 8, parameters: 29B, width: 768}
            """),
    "spec.models[].pool": SectionHead(
        note: "A mapping instead of a name: [existing nodes](sharing.md#existing-nodes).",
        example: """
            pool:
              existing: shared-gpus
              labels: {example.com/gpu: l40s}      # default: karpenter.sh/nodepool: shared-gpus
              taints: [{key: example.com/gpu, effect: NoSchedule}]
              instances: [g6e.2xlarge]
              maxNodes: 8
            """),
    "spec.models[].pool.taints[]": SectionHead(
        example: """
            pool:
              existing: shared-gpus
              instances: [g6e.2xlarge]
              taints: [{key: example.com/gpu, value: search, effect: NoSchedule}]
            """),
    "spec.models[].weights": SectionHead(
        note: "How many bytes a weight takes: [The capacity model](capacity.md#memory).",
        example: """
            weights:
              from: s3://genai-models/llama-3.1-8b-instruct-fp8
              dtype: fp8
              blockSize: 1                  # one scale for each channel
            serviceAccount: {roleArn: "arn:aws:iam::111122223333:role/genai-models"}
            """),
    "spec.models[].sla": SectionHead(
        note: "The targets of each class: [The capacity model](capacity.md#default-latency-targets).",
        example: """
            sla:
              timeToFirstToken: {p95: 2500ms}
              timePerOutputToken: {p95: 75ms}
              availability: 99.9%
            """),
    "spec.models[].sla.timeToFirstToken": SectionHead(
        note: "How it is computed: [The capacity model](capacity.md#time).",
        example: """
            sla:
              timeToFirstToken:
                p99: 5s                     # 99% of the requests have their first token within 5 s
            """),
    "spec.models[].sla.timePerOutputToken": SectionHead(
        note: "How it is computed: [The capacity model](capacity.md#time).",
        example: """
            sla:
              timePerOutputToken:
                p99: 100ms                  # 99% of the requests have at least ten tokens per second
            """),
    "spec.models[].sla.endToEndLatency": SectionHead(
        note: "How it is computed: [The capacity model](capacity.md#models-that-generate-no-tokens).",
        example: """
            models:
              - name: embed
                source: BAAI/bge-m3
                task: embed
                sla:
                  endToEndLatency:
                    p99: 300ms              # 99% of the texts are embedded within 300 ms
                traffic: {requestsPerSecond: {steady: 40, peak: 200}, tokens: {input: 300}}
            """),
    "spec.models[].traffic.images": SectionHead(
        note: "How they are planned: [The capacity model](capacity.md#images).",
        example: """
            source: Qwen/Qwen3-VL-8B-Instruct
            traffic:
              requestsPerSecond: {steady: 1, peak: 4}
              tokens: {input: 150, output: 600}
              images: {perRequest: 1, width: 1240, height: 1754, most: 2}
            """),
    "spec.models[].traffic": SectionHead(
        note: "What a replica sustains of it: [The capacity model](capacity.md#the-queue).",
        example: """
            traffic:
              requestsPerSecond: {steady: 2, peak: 12}
              tokens: {input: 1000, output: 250}
              prefixHitRate: 40%
              ramp: 10m
            """),
    "spec.models[].replicas": SectionHead(
        note: "How they are derived from traffic: [The capacity model](capacity.md#replicas)."),
    "spec.models[].scaling": SectionHead(
        note: "What follows from the thresholds: [The capacity model](capacity.md#replicas).",
        example: """
            scaling:
              by: keda
              signal: [concurrency, kv-cache]
              up: 70%
              down: 30%
              cooldown: 10m
              schedule:
                - {days: Mon-Fri, from: "08:00", to: "20:00", min: 3}
            """),
    "spec.models[].scaling.schedule[]": SectionHead(
        note: "The windows count in the expected cost: [Costs](money.md).",
        example: """
            scaling:
              schedule:
                - days: Mon-Fri
                  from: "08:00"
                  to: "20:00"
                  min: 3
            """),
    "spec.models[].gpu": SectionHead(
        note: "What each combination of `allocate`, `share` and `nodes` means: [Sharing GPUs](sharing.md).",
        example: """
            gpu:
              allocate: device-plugin
              nodes: dynamic
              tensorParallel: 2             # two GPUs for each replica
            """),
    "spec.models[].serving": SectionHead(
        note: "What vLLM does with the memory of a GPU: [The capacity model](capacity.md#memory).",
        example: """
            serving:
              image: registry.example.com/vllm/vllm-openai:v0.19.0
              kvCacheDType: fp8
              gpuMemoryUtilization: 92%
              extraArgs: [--enable-auto-tool-choice, --tool-call-parser=llama3_json]
              pullSecrets: [registry-credentials]
              env:
                HTTPS_PROXY: http://proxy.example.com:3128
                PROXY_USER: {secret: proxy, key: user}
              volumes:
                - {name: company-ca, configMap: company-ca, mountPath: /etc/ssl/company}
            """),
    "spec.models[].serving.envFrom[]": SectionHead(
        example: """
            serving:
              envFrom:
                - {secret: tracing, prefix: OTEL_}
                - {configMap: regional}
            """),
    "spec.models[].serving.volumes[]": SectionHead(
        example: """
            serving:
              volumes:
                - {name: company-ca, configMap: company-ca, mountPath: /etc/ssl/company}
                - {name: adapters, claim: adapters, mountPath: /adapters}
                - {name: license, secret: license, mountPath: /etc/license/key, subPath: key}
            """),
    "spec.models[].serving.tolerations[]": SectionHead(
        example: """
            serving:
              tolerations:
                - {key: dedicated, value: search, effect: NoSchedule}
            """),
    "spec.models[].coldStart": SectionHead(
        note: "What depends on it: [The capacity model](capacity.md#replicas).",
        example: """
            coldStart:
              nodeLaunch: 90s
              imagePull: 2m
              weightsLoad: 3m
              warmUp: 60s
            """),
    "spec.models[].measured": SectionHead(
        note: "What a measurement replaces: [The capacity model](capacity.md#limits-of-the-model).",
        example: """
            instances: {prefer: [g6e.2xlarge]}    # what was measured
            measured:
              concurrency: 64
              requestsPerSecond: 6.5
              timeToFirstToken: 250ms
              timePerOutputToken: 40ms
            """),
]
