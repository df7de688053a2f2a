import Diagnostics
import Groundwork

extension ArchitectureSpec {
    /// The architecture that a `config.json` describes, or an empty one if it does not, which is reported.
    init(
        _ config: Traced<String>?, index: Traced<String>?, ignoring ignored: [String], task: ModelTask,
        _ fields: inout FieldReader
    ) {
        for entry in fields.entries where !["config", "index", "ignore"].contains(entry.key) {
            fields.report.error(
                "figure-beside-config", "`\(entry.key)` is set beside `config`", at: entry.keyRange,
                label: "set by the file",
                help: [Help("remove `\(entry.key)`, or describe the model without `config`")])
        }
        let file = config.flatMap { fields.companion($0) }
        let sizes = index.flatMap { fields.companion($0) }
        let read = file.flatMap { readModelConfig($0, for: task, ignoring: ignored, index: sizes, &fields.report) }
        if let read { self.init(read, at: fields.range) } else { self.init(emptyAt: fields.range) }
    }

    /// The architecture of a model as its `config.json` describes it.
    package init(_ config: ModelConfig, at range: SourceRange) {
        self.init(
            parameters: config.parameters, activeParameters: config.activeParameters, vocabulary: config.vocabulary,
            mlpWidth: config.mlpWidth, layers: config.layers, hidden: config.hidden,
            attentionHeads: config.attentionHeads, kvHeads: config.kvHeads, headDimension: config.headDimension,
            experts: config.experts.map {
                ExpertsSpec(
                    count: $0.count, perToken: $0.perToken, parameters: $0.parameters, width: $0.width,
                    range: config.range)
            }, kvLoraRank: config.kvLoraRank, ropeDimension: config.ropeDimension,
            slidingWindow: config.slidingWindow, windowLayers: config.windowLayers, cache: config.cache,
            embeddingParameters: config.embeddingParameters, additionalMiB: config.additionalMiB,
            encoder: config.encoder,
            fp8Block: config.fp8Block, traits: config.traits, maxContext: config.maxContext, dtype: config.dtype,
            isFromConfig: true, range: config.range)
    }

    /// Stands for a description that could not be read.
    private init(emptyAt range: SourceRange) {
        let one = Traced(1, .written(range))
        self.init(
            parameters: one, activeParameters: nil, vocabulary: nil, mlpWidth: nil, layers: one, hidden: one,
            attentionHeads: one, kvHeads: one, headDimension: one, experts: nil, kvLoraRank: nil, ropeDimension: nil,
            slidingWindow: nil, windowLayers: nil, cache: nil, embeddingParameters: nil, additionalMiB: nil,
            encoder: nil,
            fp8Block: nil, traits: [], maxContext: one, dtype: Traced(.bf16, .written(range)), isFromConfig: true,
            range: range)
    }
}

extension FieldReader {
    /// The file that a field names; nil if it could not be read, which is reported.
    fileprivate mutating func companion(_ name: Traced<String>) -> SourceFile? {
        guard let range = name.range else { return nil }
        let path = pathBeside(range.file.path, name.value)
        if let found = companions.first(where: { $0.path == path }) { return found }
        report.error(
            "missing-file", "`\(path)` cannot be read", at: range, label: "not a readable file",
            help: [
                "write a path relative to the folder of `\(range.file.path)`",
                "a KRM function reads no files besides its input: describe the model by its figures there",
            ])
        return nil
    }
}
