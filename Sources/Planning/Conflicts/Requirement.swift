import Diagnostics
import Groundwork

/// Something that a spec requires and could do without.
struct Requirement: Sendable {
    /// What has to be planned again when a requirement is dropped.
    enum Reach: Sendable {
        case costs
        case model(String)
        case everything
    }

    /// The requirement as a sentence.
    let words: String
    /// Where the spec states it.
    let range: SourceRange
    let reach: Reach
    /// The spec without it.
    let drop: @Sendable (ClusterSpec) -> ClusterSpec
    private let weaken: @Sendable (ClusterSpec) -> [SpecEdit]

    init(
        _ words: String, at range: SourceRange, _ reach: Reach,
        drop: @escaping @Sendable (inout ClusterSpec) -> Void,
        weaken: @escaping @Sendable (ClusterSpec) -> [SpecEdit] = { _ in [] }
    ) {
        self.words = words
        self.range = range
        self.reach = reach
        self.drop = { spec in
            var copy = spec
            drop(&copy)
            return copy
        }
        self.weaken = weaken
    }

    /// Edits of the spec that ask for less, the smallest change first.
    func weaker(in spec: ClusterSpec) -> [SpecEdit] {
        weaken(spec).map { edit in
            guard case .model(let name) = reach else { return edit }
            var own = edit
            own.model = name
            return own
        }
    }

    /// A requirement of one model; nil if the spec does not state it, as a default is not a requirement.
    init?(
        _ model: ModelSpec, _ words: String, at range: SourceRange?,
        drop: @escaping @Sendable (inout ModelSpec) -> Void,
        weaken: @escaping @Sendable (ClusterSpec) -> [SpecEdit] = { _ in [] }
    ) {
        guard let range else { return nil }
        let name = model.name.value
        self.init(
            "`\(name)` \(words)", at: range, .model(name),
            drop: { spec in
                for index in spec.models.indices where spec.models[index].name.value == name {
                    drop(&spec.models[index])
                }
            }, weaken: weaken)
    }
}
