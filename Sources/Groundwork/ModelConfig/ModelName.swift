/// A word in the names of models that cannot be planned: a row of `model-names.csv`.
package struct ModelName: Sendable {
    /// Lowercase, with hyphens between its parts.
    package let word: String
    package let task: ModelType.Task

    /// All rows, in the order of the table.
    package static let all: [ModelName] = scan("model-names", columns: ["word", "task"]) { row in
        ModelName(word: row.text(), task: row.word(ModelType.Task.self))
    }
}

extension ModelType.Task {
    /// What a model does by the words of its name on Hugging Face, if it cannot be planned; nil if no word says so.
    package init?(nameOfModel name: String) {
        let own = name.split(separator: "/").last.map { $0.lowercased() } ?? ""
        let parts = own.split { !$0.isLetter && !$0.isNumber }
        let words = "-\(parts.joined(separator: "-"))-"
        guard let found = ModelName.all.first(where: { words.contains("-\($0.word)-") }) else { return nil }
        self = found.task
    }
}
