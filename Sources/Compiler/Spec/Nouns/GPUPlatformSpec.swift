import Diagnostics

/// What the nodes bring for their GPUs, and who owns the GPU DaemonSets.
package struct GPUPlatformSpec: Sendable {
    package let stack: Traced<GPUStack>
    /// A pinned alias such as `al2023@v20260714`; empty with `auto-mode`, which picks its own.
    package let ami: Traced<String>
    /// The installed NVIDIA DRA driver.
    package let draDriver: Traced<Version>?
    /// Whether the NVIDIA MIG manager is installed and applies MIG layouts.
    package let migManager: Traced<Bool>
    /// The namespace of the GPU DaemonSets.
    package let namespace: Traced<String>
    package let range: SourceRange
}
