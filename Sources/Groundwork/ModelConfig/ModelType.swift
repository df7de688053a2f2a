/// What the `model_type` of a `config.json` says beyond its keys: a row of `model-types.csv`.
package struct ModelType: CatalogRow {
    /// What a model does with its input, whether or not it can be planned.
    package enum Task: String, Sendable {
        case generate, embed, rerank, reward, classify, speech, image, recurrence
        case imageEmbedding = "image-embedding"
        case encoderDecoder = "encoder-decoder"
    }

    package enum Trait: String, Sendable {
        /// The feed-forward layers have two matrices instead of three.
        case plainMLP = "plain-mlp"
        /// The query has a gate of its own width, whatever the keys say.
        case gatedQuery = "gated-query"
        /// Layers of experts have one more expert of the same width, which every token uses.
        case sharedExpert = "shared-expert"
        case attentionSinks = "attention-sinks"
        case bfloat16Only = "bfloat16-only"
        /// The feed-forward layers of the vision tower have three matrices instead of two.
        case gatedVision = "gated-vision"
        /// Each token attends to all others.
        case bidirectional
        /// Positions and types of tokens have embeddings of their own, and the result passes one more matrix.
        case learnedPositions = "learned-positions"
        /// Two positions belong to padding: the context is that much shorter.
        case paddedPositions = "padded-positions"
    }

    package let name: String
    package let task: Task
    package let traits: Set<Trait>
    /// The values of keys that a `config.json` of this type may leave out.
    let defaults: [String: String]
    /// The first release of vLLM that loads it; nil if it is not known.
    package let firstRelease: Version?
    package let reference: CatalogReference

    /// All rows, in the order of the table.
    package static let all: [ModelType] = scan(
        "model-types", columns: ["type", "task", "traits", "defaults", "vllm", "source"]
    ) { row in
        let name = row.text()
        let (task, words, defaults) = (row.word(Task.self), row.words(), row.words())
        let traits = Set(words.map { row.meant(Trait.self, by: $0) })
        let release = row.text()
        return ModelType(
            name: name, task: task, traits: traits,
            defaults: Dictionary(
                uniqueKeysWithValues: defaults.map { word in
                    let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
                    guard parts.count == 2 else { row.fail("`\(word)` is not a key with a value") }
                    return (parts[0], parts[1])
                }),
            firstRelease: release.isEmpty ? nil : Version(release),
            reference: row.reference(name, source: row.text()))
    }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The row of a `model_type`; nil if the table has none.
    static func named(_ name: String) -> ModelType? { byName[name] }

    /// A type without a row: a decoder with gated feed-forward layers, all of whose keys are written.
    static func unknown(_ name: String) -> ModelType {
        ModelType(
            name: name, task: .generate, traits: [], defaults: [:], firstRelease: nil,
            reference: CatalogReference(table: "model-types.csv", row: name, source: ""))
    }
}

extension ModelType.Task {
    /// The task of a spec that such a model does; nil if it cannot be planned.
    var planned: ModelTask? { ModelTask(rawValue: rawValue) }

    /// What such a model does, as the reason why it cannot be planned; nil if it can.
    package var rejection: String? {
        switch self {
        case .generate, .embed, .rerank: nil
        case .reward: "it rates answers for training"
        case .classify: "it puts text into classes"
        case .speech: "it transcribes or produces speech or music"
        case .image: "it generates images or video"
        case .imageEmbedding: "it compares images with text, each with an encoder of its own"
        case .encoderDecoder: "it is an encoder with a decoder, whose cross-attention is not part of the capacity model"
        case .recurrence: "it has no attention, and the capacity model has no equations for its recurrence"
        }
    }

    /// The task that the name of an architecture states; nil if it states none.
    init?(architecture name: String) {
        let endings: [(String, ModelType.Task)] = [
            ("ForSequenceClassification", .rerank), ("ForTokenClassification", .classify), ("ForRewardModel", .reward),
            ("RewardModel", .reward), ("ForMaskedLM", .embed), ("ForSpeechSeq2Seq", .speech), ("ForCTC", .speech),
            ("ForTextToWaveform", .speech), ("Transformer2DModel", .image), ("Transformer3DModel", .image),
            ("UNet2DConditionModel", .image), ("Pipeline", .image),
        ]
        if let found = endings.first(where: { name.hasSuffix($0.0) }) {
            self = found.1
        } else if name.hasSuffix("Model") {
            // A model without a head gives hidden states.
            self = .embed
        } else {
            return nil
        }
    }
}
