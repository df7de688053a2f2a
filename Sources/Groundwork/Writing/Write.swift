import Diagnostics

/// A moment in a write at which it may be killed.
///
/// Tests do so.
package enum WriteStep: Sendable, Equatable {
    case stageMade, wrote(String), linked(String), flushed, exchanged, retired
    case journalMade, journalled(String), committed, applied(String), journalRemoved
}

/// The parts of a write that tests replace.
package struct WriteSeams: Sendable {
    /// Called after each step; what it throws ends the write on the spot, like a kill, unless it is an `IOFailure`.
    package var interruption: @Sendable (WriteStep) throws -> Void = { _ in }
    /// Exchanges two folders in one step.
    package var exchange: @Sendable (String, String) throws -> Void = exchangeFolders
    /// How often a run tries to get the lock that another holds.
    ///
    /// The default lasts 10 s: writes take milliseconds.
    package var lockAttempts = 400

    package init() {}
}

/// Writes a tree and its lock to an output folder, all or nothing.
///
/// Nil when it must not, for reasons that are reported.
///
/// A folder that already holds the tree is not touched. Files that stowage did not write are kept; those that it wrote and no
/// longer emits are removed; those that were edited since are overwritten only by force.
package func write(
    _ tree: FileTree, to directory: String, force: Bool, seams: WriteSeams = WriteSeams(), _ report: inout Report
) throws -> TreeComparison? {
    guard let place = try OutputPlace(directory, &report) else { return nil }
    do {
        if !place.exists { try place.makeParents() }
        guard let runLock = try RunLock(for: place, attempts: seams.lockAttempts) else {
            report.error(
                "busy-output", "another run of stowage is writing to `\(place.parent)`", at: nil,
                help: ["run it again when the other run has finished"])
            return nil
        }
        return try write(tree, Lock(tree), to: directory, force: force, seams, holding: runLock, &report)
    } catch let failure as IOFailure {
        guard explain(failure, at: place, &report) else { throw failure }
        return nil
    }
}

/// Writes while no other run does.
private func write(
    _ tree: FileTree, _ lock: Lock, to directory: String, force: Bool, _ seams: WriteSeams,
    holding runLock: borrowing RunLock, _ report: inout Report
) throws -> TreeComparison? {
    // Another run may have made the folder while this one waited for the lock.
    guard let place = try OutputPlace(directory, &report) else { return nil }
    try recover(place, seams)
    guard let inspection = try inspect(tree, lock, at: place, &report) else { return nil }
    let comparison = inspection.comparison
    if comparison.isUnchanged { return comparison }
    guard isWritable(comparison, at: place, force: force, &report) else { return nil }
    let assembly = Assembly(tree, lock, inspection, place)
    try assembly.checkPermissions()
    if assembly.canBeStaged {
        do {
            try replace(assembly, seams)
            return comparison
        } catch let failure as IOFailure where failure.preventsStaging && place.exists {
            // The old tree is in place and the stage is gone: write in place instead.
        }
    }
    try writeInPlace(assembly, seams)
    return comparison
}
