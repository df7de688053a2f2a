import Groundwork
import Simulate
import Verify

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Whether a file exists.
func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

extension TreeConditions {
    /// The conditions of a tree without a spec.
    static let usual = TreeConditions(
        region: "us-east-1", zones: ["us-east-1a", "us-east-1b"], kubernetes: PlatformVersions().kubernetes)
}
