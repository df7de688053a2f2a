/// What a model does with its input, as far as a plan can be made for it.
package enum ModelTask: String, Word {
    /// Tokens, one after another.
    case generate
    /// A vector for each text.
    case embed
    /// A score for each query with a document.
    case rerank

    /// Whether it generates tokens, rather than one result from a whole prompt.
    package var generates: Bool { self == .generate }

    /// The same in a sentence.
    package var words: String {
        switch self {
        case .generate: "generates text"
        case .embed: "turns text into embeddings"
        case .rerank: "scores queries with documents"
        }
    }
}

extension ModelArchitecture {
    /// The task for which it is published.
    package var task: ModelTask {
        traits.contains(.embedding) ? .embed : traits.contains(.reranking) ? .rerank : .generate
    }
}
