import Diagnostics

/// Something that kustomize cannot do, does in vain, or is not done here.
struct BuildMistake: Sendable {
    enum Kind: Sendable {
        case patchWithoutTarget, idlePatch, failingPatch, unapplied
        case sourcelessReplacement, idleReplacement, failingReplacement
    }

    let kind: Kind
    let message: String
    let place: SourceRange
    let label: String
    let help: String?
    let notes: [Diagnostic.Note]
}
