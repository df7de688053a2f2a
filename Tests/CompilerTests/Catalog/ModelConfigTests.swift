import Diagnostics
import Foundation
import Groundwork
import Testing

@Suite("The config.json of a model")
struct ModelConfigTests {
    /// Reads a file of `Configs/`, with keys added or replaced.
    private func config(_ name: String, changing changes: (String, String)...) throws -> SourceFile {
        let file = name.replacing("/", with: "--") + ".json"
        let url = root.appending(path: "Tests/CompilerTests/Catalog/Configs/\(file)")
        var text = try String(contentsOf: url, encoding: .utf8)
        for (old, new) in changes {
            #expect(text.contains(old), "\(name) has no \(old)")
            text = text.replacing(old, with: new)
        }
        return SourceFile(path: file, text: text)
    }

    private func architecture(_ name: String, changing changes: (String, String)...) throws -> ModelArchitecture {
        var text = try String(decoding: config(name).bytes, as: UTF8.self)
        for (old, new) in changes { text = text.replacing(old, with: new) }
        var report = Report()
        let found = readModelConfig(SourceFile(path: name, text: text), &report)
        let read = try #require(found, "\(HumanPrinter(colors: false).text(of: report.diagnostics))")
        return ModelArchitecture(read, name: name, source: "")
    }

    @Test("gives the published number of parameters", arguments: publishedConfigs)
    func parameters(_ published: PublishedConfig) throws {
        let model = try architecture(published.name)
        let tower = Double(model.extraMiB) * 1_048_576 / 2
        let billions = (Double(model.parameters) + tower) / 1e9
        #expect(abs(billions / published.parameters - 1) < 0.01, "\(billions)B, not \(published.parameters)B")
        #expect(model.activeParameters <= model.parameters)
    }

    @Test("gives the KV cache of each token and the states of each sequence", arguments: publishedConfigs)
    func cache(_ published: PublishedConfig) throws {
        let model = try architecture(published.name)
        #expect(model.cacheBytesPerToken(eightBits: false) == published.kvBytes + published.windowBytes)
        #expect(model.mixedCache?.stateBytes ?? 0 == published.stateBytes)
        let window = model.slidingWindow?.tokens ?? 0
        #expect((window > 0) == (published.windowBytes > 0))
        // Beyond the window, only the layers that keep the whole context grow.
        let (short, long) = (model.cacheElements(tokens: 100_000), model.cacheElements(tokens: 100_001))
        let index = model.mixedCache?.indexBytes ?? 0
        #expect(2 * (long - short) + index == published.kvBytes)
    }

    @Test("agrees with the rows of the catalog that were made before it")
    func rows() throws {
        for (name, row) in [
            ("deepseek-ai/DeepSeek-V3", "deepseek-ai/DeepSeek-V3"), ("openai/gpt-oss-120b", "openai/gpt-oss-120b"),
            ("meta-llama/Llama-3.1-8B", "meta-llama/Llama-3.1-8B-Instruct"),
            ("mistralai/Mixtral-8x22B-v0.1", "mistralai/Mixtral-8x22B-Instruct-v0.1"),
            ("microsoft/phi-4", "microsoft/phi-4"), ("google/gemma-3-27b-it", "google/gemma-3-27b-it"),
        ] {
            let (model, known) = (try architecture(name), try #require(Catalog.model(named: row)))
            // The last columns are a measured size, an estimate of the vision tower and the source.
            let fields = [model, known].map { $0.row.split(separator: ",", omittingEmptySubsequences: false) }
            #expect(fields[0][1..<18] == fields[1][1..<18], "\(name)")
            #expect(fields[0][19..<28] == fields[1][19..<28], "\(name)")
        }
    }

    @Test("agrees with the rows of models that generate no tokens, for the task of the spec")
    func tasks() throws {
        for (name, row, task) in [
            ("BAAI/bge-m3", "BAAI/bge-m3", ModelTask.embed),
            ("answerdotai/ModernBERT-base", "nomic-ai/modernbert-embed-base", .embed),
            ("Qwen/Qwen3-Embedding-8B", "Qwen/Qwen3-Embedding-8B", .embed),
        ] {
            var report = Report()
            let read = try #require(readModelConfig(try config(name), for: task, &report))
            let known = try #require(Catalog.model(named: row))
            let model = ModelArchitecture(read, name: row, source: "")
            let fields = [model, known].map { $0.row.split(separator: ",", omittingEmptySubsequences: false) }
            #expect(fields[0][1..<17] == fields[1][1..<17], "\(name)")
            // A model that generates text is served for its embeddings by the task alone.
            #expect(model.traits.union([.embedding]) == known.traits, "\(name)")
        }
        #expect(Catalog.models.filter { $0.task == .embed }.count == 12)
        #expect(Catalog.models.filter { $0.task == .rerank }.count == 6)
    }

    @Test("has the encoder of images that the catalog has")
    func encoders() throws {
        for (name, row) in [
            ("Qwen/Qwen3-VL-2B-Instruct", "Qwen/Qwen3-VL-2B-Instruct"),
            ("Qwen/Qwen3-VL-235B-A22B-Instruct", "Qwen/Qwen3-VL-235B-A22B-Instruct"),
            ("Qwen/Qwen3.5-397B-A17B", "Qwen/Qwen3.5-397B-A17B"), ("google/gemma-3-27b-it", "google/gemma-3-27b-it"),
            ("moonshotai/Kimi-K2.5", "moonshotai/Kimi-K2.5"),
            (
                "mistralai/Mistral-Small-3.1-24B-Instruct-2503", "mistralai/Mistral-Small-3.1-24B-Instruct-2503"
            ),
        ] {
            var report = Report()
            let encoder = try #require(readModelConfig(try config(name), &report)?.encoder, "\(name)")
            let known = try #require(Catalog.visionEncoder(of: row))
            #expect(encoder.layers.value == known.layers && encoder.hidden.value == known.hidden, "\(name)")
            #expect(encoder.patch.value == known.patch && encoder.merge?.value == known.merge, "\(name)")
            #expect(encoder.side?.value == known.side, "\(name)")
        }
        var report = Report()
        #expect(try #require(readModelConfig(try config("openai/gpt-oss-120b"), &report)).encoder == nil)
    }

    @Test("tells what a model is for by the words of its name, and nothing by parts of words")
    func names() {
        for (name, task) in [
            ("openai/whisper-large-v3", ModelType.Task.speech), ("black-forest-labs/FLUX.1-dev", .image),
            ("google/flan-t5-xl", .encoderDecoder), ("google/siglip2-base-patch16-224", .imageEmbedding),
            ("Qwen/Qwen3-TTS-12Hz-1.7B-Base", .speech), ("stabilityai/stable-diffusion-xl-base-1.0", .image),
        ] { #expect(ModelType.Task(nameOfModel: name) == task, "\(name)") }
        for model in Catalog.models { #expect(ModelType.Task(nameOfModel: model.name) == nil, "\(model.name)") }
        #expect(ModelType.Task(nameOfModel: "flux/our-model") == nil)
        for row in ModelName.all { #expect(row.task.rejection != nil, "\(row.word)") }
    }

    @Test("has the dtype of its quantization")
    func dtypes() throws {
        for (name, dtype, block) in [
            ("moonshotai/Kimi-K2.5", DType.int4, nil), ("moonshotai/Kimi-K3", .mxfp4, nil),
            ("deepseek-ai/DeepSeek-V3", .fp8, 128), ("Qwen/Qwen3-8B-AWQ", .int4, nil),
            ("openai/gpt-oss-120b", .mxfp4, nil), ("deepseek-ai/DeepSeek-V4-Flash", .mxfp4, nil),
            ("Qwen/Qwen3.5-397B-A17B", .bf16, nil),
        ] {
            let model = try architecture(name)
            #expect(model.nativeDType == dtype, "\(name)")
            #expect(model.fp8Block == block, "\(name)")
        }
    }

    @Test("is confirmed by the size of its weights, with or without layers for multi-token prediction")
    func sizes() throws {
        // KAITO's model_catalog.yaml has these sizes, in GiB.
        for (name, gibibytes) in [
            ("deepseek-ai/DeepSeek-V3", 641.30), ("microsoft/phi-4", 27.31), ("google/gemma-3-27b-it", 51.10),
            ("nvidia/Nemotron-3-Nano-30B-A3B-BF16", 58.82), ("Qwen/Qwen3-8B-AWQ", 5.68),
        ] {
            for (factor, fits) in [(1.0, true), (1.3, false), (0.7, false)] {
                var report = Report()
                let bytes = Int(gibibytes * 1_073_741_824 * factor)
                let index = SourceFile(path: "index.json", text: "{\"metadata\": {\"total_size\": \(bytes)}}")
                let read = readModelConfig(try config(name), index: index, &report)
                #expect((read != nil) == fits, "\(name): \(report.diagnostics.map(\.message))")
            }
        }
    }

    @Test("reads the same layers from every way to write them")
    func layers() throws {
        let lists = try architecture("openai/gpt-oss-120b")
        #expect(lists.slidingWindow?.layers == 18)
        let name = "meta-llama/Llama-3.1-8B"
        let end = "\"num_hidden_layers\": 32"
        for (keys, windows) in [
            ("\"sliding_window\": 4096, \"sliding_window_pattern\": 4", 24),
            ("\"sliding_window\": 4096, \"use_sliding_window\": true, \"max_window_layers\": 20", 12),
            ("\"sliding_window\": 4096, \"use_sliding_window\": false, \"max_window_layers\": 20", 0),
            ("\"sliding_window\": 4096", 32), ("\"sliding_window\": null", 0), ("\"sliding_window\": 262144", 0),
        ] {
            let model = try architecture(name, changing: (end, "\(end), \(keys)"))
            #expect(model.slidingWindow?.layers ?? 0 == windows, "\(keys)")
        }
    }

    @Test("counts experts in every way to write which layers have them")
    func experts() throws {
        let name = "mistralai/Mixtral-8x22B-v0.1"
        let end = "\"num_local_experts\": 8"
        let whole = try #require(try architecture(name).experts?.parameters)
        for (keys, layers) in [
            ("\"first_k_dense_replace\": 6", 50), ("\"interleave_moe_layer_step\": 2", 28),
            ("\"decoder_sparse_step\": 4, \"mlp_only_layers\": [3]", 13), ("\"mlp_only_layers\": [0, 1]", 54),
            ("\"moe_layer_freq\": 2, \"first_k_dense_replace\": 1", 27), ("\"moe_layers_enum\": \"4,5,6\"", 3),
        ] {
            let model = try architecture(name, changing: (end, "\(end), \"moe_intermediate_size\": 16384, \(keys)"))
            #expect(model.experts?.parameters == whole / 56 * layers, "\(keys)")
        }
    }

    @Test("is made a row of the catalog that reads back")
    func row() throws {
        let model = try architecture("deepseek-ai/DeepSeek-V4-Flash")
        let columns = model.row.split(separator: ",", omittingEmptySubsequences: false)
        #expect(columns.count == 32)
        #expect(columns[0] == "deepseek-ai/DeepSeek-V4-Flash")
        #expect(columns[23] == "43" && columns[26] == "336", "\(model.row)")
    }

    @Test("is refused for each key that is not known, and for nothing else")
    func keys() throws {
        #expect(ConfigKey.all.count == Set(ConfigKey.all.map(\.name)).count)
        for key in ConfigKey.all { #expect(!key.meaning.isEmpty, "\(key.name)") }
        var report = Report()
        let file = try config(
            "meta-llama/Llama-3.1-8B",
            changing: ("\"vocab_size\"", "\"one\": 1, \"two\": 2, \"none\": null, \"vocab_size\""))
        #expect(readModelConfig(file, &report) == nil)
        #expect(report.diagnostics.map(\.code) == ["unknown-config-key", "unknown-config-key"])
        report = Report()
        #expect(readModelConfig(file, ignoring: ["one", "two"], &report) != nil)
    }

    @Test("is described on its page, key by key")
    func page() throws {
        let page = try String(contentsOf: root.appending(path: "docs/models.md"), encoding: .utf8)
        for key in ConfigKey.all {
            #expect(page.contains("`\(key.name)`"), "docs/models.md does not have \(key.name)")
            #expect(page.contains(key.meaning), "docs/models.md does not say: \(key.meaning)")
        }
        for name in page.matches(of: /`([a-z]+_[a-z_]+)`/).map({ String($0.output.1) }) where !notKeys.contains(name) {
            #expect(ConfigKey.all.contains { $0.name == name }, "config-keys.csv does not have \(name)")
        }
    }

    private var notKeys: Set<String> { ["total_size"] }
}
