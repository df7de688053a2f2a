import Diagnostics
import Groundwork
import Planning
import Verify

extension RenderedObject {
    /// Reports an operation that does not apply.
    func failure(of operation: PatchOperationSpec, _ missing: MissingStep?) -> Diagnostic {
        let kind = operation.kind.value
        guard let missing else {
            return Diagnostic(
                .error, "patch-fails", "`\(kind.rawValue)` of a patch fails for \(words)", at: operation.path.range,
                label: kind == .test ? "has another value" : "cannot be changed")
        }
        let path = missing.isOrigin ? operation.from : operation.path
        let holder = missing.above.isEmpty ? "the object" : "`\(missing.above)`"
        let what: String
        if let count = missing.count {
            what = "has \(count) \(count == 1 ? "item" : "items"), and no item `\(missing.step)`"
        } else {
            what = missing.keys == nil ? "is not a mapping" : "has no key `\(missing.step)`"
        }
        return Diagnostic(
            .error, "patch-path-not-found", "`\(path?.value ?? "")` does not exist in \(words)", at: path?.range,
            label: "\(holder) \(what)", help: help(for: missing, kind, path))
    }

    private func help(for missing: MissingStep, _ kind: PatchOperationKind, _ path: Traced<String>?) -> [Help] {
        guard let keys = missing.keys else { return [] }
        if let close = closest(to: missing.step, among: keys), let text = path?.value {
            let start = text.dropFirst(missing.above.count + 1).drop { $0 != "/" }
            let meant = "\(missing.above)/\(close.replacing("~", with: "~0").replacing("/", with: "~1"))\(start)"
            return [Help(meaning: meant, at: path?.range)]
        }
        if kind == .replace { return ["use `add`, which also creates a key"] }
        if kind == .add { return ["add `\(missing.above)/\(missing.step)` first, as a mapping or list"] }
        return keys.isEmpty ? [] : ["its keys are \(enumerated(keys))"]
    }

    /// Reports a change that makes another object of it; nil if it is still the same.
    func changedIdentity(in changed: ManifestValue, by change: ObjectChange) -> Diagnostic? {
        for path in [["apiVersion"], ["kind"], ["metadata", "name"], ["metadata", "namespace"]] {
            let (old, new) = (root.value(at: path), changed.value(at: path))
            if old?.text == new?.text, new?.isEmpty != true { continue }
            let name = path.joined(separator: ".")
            let what = new?.text.map { "changes `\(name)` of \(words) to `\($0)`" } ?? "removes `\(name)` of \(words)"
            return Diagnostic(
                .error, "patch-changes-identity", "a patch \(what)",
                at: change.place(of: new, at: path.map { .key($0) }),
                label: "the identity of an object cannot be patched",
                help: ["replace the template of the object to give it another identity"])
        }
        return nil
    }
}

extension ManifestValue {
    /// The value at the end of a path of keys.
    fileprivate func value(at path: [String]) -> ManifestValue? {
        path.reduce(Optional(self)) { value, key in value?[key] }
    }
}
