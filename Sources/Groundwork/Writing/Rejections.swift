import Diagnostics

/// Says whether a tree may be written, and reports why not.
func isWritable(_ comparison: TreeComparison, at place: OutputPlace, force: Bool, _ report: inout Report) -> Bool {
    let edited = comparison.files(.handEdited)
    if !edited.isEmpty, !force {
        report.error(
            "hand-edited-files",
            edited.count == 1
                ? "`\(place.shown)/\(edited[0].path)` was edited since stowage wrote it"
                : "\(edited.count) files in `\(place.shown)` were edited since stowage wrote them",
            at: nil,
            notes: edited.map { Diagnostic.Note("`\($0.path)` would be \($0.isEmitted ? "overwritten" : "removed")") },
            help: [
                comparison.claims == .conflictedLock
                    ? "a merge mixed two generated versions: write the file again with `--force`"
                    : "move the edit into the spec or a template, or discard it with `--force`"
            ])
    }
    var obstacles: [String: [String]] = [:]
    for file in comparison.files {
        if case .foreignInTheWay(let obstacle) = file.change { obstacles[obstacle, default: []].append(file.path) }
    }
    if !obstacles.isEmpty {
        let notes = obstacles.sorted { $0.key < $1.key }.map { obstacle, files in
            files == [obstacle]
                ? "`\(obstacle)` is in the way of the file of that name"
                : "`\(obstacle)` is in the way of `\(files[0])`"
                    + (files.count > 1 ? " and \(files.count - 1) more" : "")
        }
        let help: Help =
            comparison.claims != .noLock
            ? "move what is in the way, or change the paths in the templates"
            : "`\(place.shown)` has no `\(lockPath)`, which lists the files that stowage may overwrite: restore it, or move the files away"
        report.error(
            "foreign-files-in-the-way",
            "`\(place.shown)` has content that stowage did not write where \(obstacles.count == 1 ? "a file" : "files") would be written",
            at: nil, notes: notes.map { Diagnostic.Note($0) }, help: [help])
    }
    return (edited.isEmpty || force) && obstacles.isEmpty
}

/// Reports a failure that has a plain cause.
///
/// Says whether it did.
func explain(_ failure: IOFailure, at place: OutputPlace, _ report: inout Report) -> Bool {
    let note = Diagnostic.Note(failure.description)
    if failure.isFull {
        report.error(
            "full-disk", "there is no space left to write `\(place.shown)`", at: nil, notes: [note],
            help: [
                "free space and run it again; the old files are still in place, or the next run completes the new ones"
            ])
        return true
    }
    if failure.isForbidden {
        report.error(
            "read-only-output", "`\(place.shown)` cannot be written", at: nil, notes: [note],
            help: ["allow writing there, or set another folder with `-o`"])
        return true
    }
    return false
}
