import Diagnostics
import Testing

@testable import Groundwork
@testable import Planning

/// The smallest spec, with lines to add to its platform and its model.
private func minimal(platform: String = "", model: String = "") -> ClusterSpec? {
    let text = """
        apiVersion: stowage.dev/v1alpha1
        kind: GPUCluster
        metadata: {name: demo}
        spec:
          platform:
            cluster: demo-cluster
            kubernetes: "1.35"
            karpenter: {version: "1.14"}
            autoscaler: {keda: "2.20"}
            gpu: {ami: al2023@v20260714}
        \(platform)
          models:
            - name: chat
              source: meta-llama/Llama-3.1-8B-Instruct
              replicas: {min: 2, max: 4}
        \(model)
        """
    var report = Report()
    return understand(SpecSource(SourceFile(path: "spec.yaml", text: text)), &report)
}

@Suite struct SpecTests {
    @Test("what is not written has a documented default")
    func defaults() throws {
        let spec = try #require(minimal())
        let platform = spec.platform
        #expect(platform.region.value == "us-east-1")
        #expect(platform.timezone.value == "UTC")
        #expect(platform.namespace.value == "inference")
        #expect(platform.gpu.stack.value == .none)
        #expect(platform.monitoring.serverAddress.value == "http://prometheus-operated.monitoring.svc:9090")
        #expect(platform.subnetTags.map(\.0) == ["karpenter.sh/discovery"])
        #expect(platform.subnetTags.map(\.1.value) == ["demo-cluster"])
        let model = try #require(spec.models.first)
        #expect(model.workloadClass.value == .interactive)
        #expect(model.priority.value == .standard)
        #expect(model.weights.from.value == .huggingFace("meta-llama/Llama-3.1-8B-Instruct"))
        #expect(model.serving.image.value == "vllm/vllm-openai:v0.33.0")
        #expect(model.scaling.by.value == .keda)
        #expect(model.scaling.on.map(\.value) == [.concurrency])
        #expect(model.gpu.share.value == .whole)
    }

    @Test("a default that rests on a written value points at it")
    func origins() throws {
        let spec = try #require(minimal())
        #expect(spec.platform.region.range == nil)
        #expect(spec.platform.subnetTags.first?.1.range?.line == 6)
        #expect(spec.models.first?.weights.from.range?.line == 14)
        #expect(spec.models.first?.replicas?.max.range?.line == 15)
    }

    @Test("the version of vLLM is read from the image's tag")
    func servingVersion() throws {
        let tagged = minimal(model: "      serving: {image: \"registry.example.com/vllm:v0.22.1\"}")
        #expect(tagged?.models.first?.serving.version.value == Version(0, 22, 1))
        let versioned = minimal(model: "      serving: {version: \"0.20\"}")
        #expect(versioned?.models.first?.serving.image.value == "vllm/vllm-openai:v0.20.0")
    }

    @Test("a spec that was read with errors is not handed on")
    func errors() {
        #expect(minimal(platform: "    region: nowhere") == nil)
        #expect(minimal(model: "      pools: {}") == nil)
    }
}

@Suite struct SchemaTests {
    @Test("the schema describes every property and closes every mapping")
    func complete() throws {
        let schema = jsonSchema()
        #expect(schema.hasPrefix("{\n  \"$schema\": \"http://json-schema.org/draft-07/schema#\""))
        for word in ["timeToFirstToken", "interruptionQueue", "kvLoraRank", "securityGroupTags", "pullSecrets"] {
            #expect(schema.contains("\"\(word)\": {\n"))
        }
        #expect(!schema.contains("\"description\": \"\""))
        #expect(schema == jsonSchema())
    }
}
