import Diagnostics

/// Something that kustomize cannot do, that has no effect, or that is not supported here.
struct BuildMistake: Sendable {
    enum Kind: Sendable {
        case kustomizePatchTargetNotFound, kustomizePatchMatchesNothing, kustomizePatchFails, unapplied
        case sourcelessReplacement, kustomizeReplacementMatchesNothing, kustomizeReplacementFails
    }

    let kind: Kind
    let message: String
    let place: SourceRange
    let label: String
    let help: String?
    let notes: [Diagnostic.Note]
}
