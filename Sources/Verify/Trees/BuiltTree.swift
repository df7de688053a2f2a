import Diagnostics
import Groundwork

extension SourceTree {
    /// The manifests as they are applied: kustomizations are built, and overlays of one base are variants of the tree.
    package func variants(_ report: inout Report) -> [[Manifest]] {
        let scope = TreeScope(isClosed: isClosed, roots: roots, files: Set((files + data).map(\.path)))
        return Verify.variants(of: manifests(&report), scope, data: files + data).map(\.manifests)
    }
}
