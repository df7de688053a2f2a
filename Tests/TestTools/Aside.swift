import Foundation

/// Runs what waits for other programs on a thread of its own.
///
/// Tests share as many threads as there are cores: one that blocks them keeps others from being run.
package func aside<Result: Sendable>(_ body: @Sendable () throws -> Result) async rethrows -> Result {
    try await withTaskExecutorPreference(OwnThread()) { try body() }
}

/// An executor with one thread of its own.
private final class OwnThread: TaskExecutor {
    private let queue = DispatchQueue(label: "aside")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
