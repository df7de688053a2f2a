import Diagnostics
import Groundwork

/// Something that a spec asks for and could do without.
struct Wish: Sendable {
    /// What has to be decided anew when a wish is dropped.
    enum Reach: Sendable {
        case costs
        case model(String)
        case everything
    }

    /// The wish as a sentence.
    let words: String
    /// Where the spec says so.
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

    /// Edits of the spec that ask for less, the mildest first.
    func weaker(in spec: ClusterSpec) -> [SpecEdit] {
        weaken(spec).map { edit in
            guard case .model(let name) = reach else { return edit }
            var own = edit
            own.model = name
            return own
        }
    }

    /// A wish of one model; nil where the spec does not write it, as a default is nobody's wish.
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
