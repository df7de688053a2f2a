import Diagnostics

/// How a model takes its GPUs.
package struct GPUSpec: Sendable {
    package let share: Traced<GPUShare>
    package let allocate: Traced<Allocation>
    /// GPUs per replica; nil means as few as fit.
    package let tensorParallel: Traced<Int>?
    package let range: SourceRange
}
