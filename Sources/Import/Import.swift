import Compiler
import Diagnostics
import Groundwork
import Planning

/// What comes of an import: a spec, what it says of the input, and how its objects compare with the input's.
package struct ImportResult: Sendable {
    /// The text of the spec.
    package let text: String
    /// Nil if the spec does not compile.
    package let proof: Proof?
    /// What the patches of the spec keep as it is in the input.
    package let patched: [Difference]
    /// Objects of the input that no field of a spec stands for.
    package let leftOut: Int
}

/// Which differences the patches of an imported spec remove.
package enum Patching: String, Sendable, CaseIterable {
    /// All.
    case all
    /// Those that restart pods, replace nodes, or change scaling, traffic or money.
    case needed
    /// None.
    case none
}

/// Writes the spec of a tree, compiles it, and compares its objects with those of the tree.
package func importSpec(
    _ tree: ImportedTree, _ options: ImportOptions, patching: Patching = .all, _ report: inout Report
) -> ImportResult {
    var needed: Set<String> = []
    var draft = written(tree, options, needed, patches: [])
    var problems = Report()
    var compilation = compiled(draft.text, &problems)
    var found: [Difference] = []
    if let first = compilation {
        // What a field of the spec can say is said there, and only the rest is patched.
        found = Proof(generated: objects(of: first.manifests), given: tree.objects).differences
        needed = fields(for: found)
        if !needed.isEmpty {
            let refined = written(tree, options, needed, patches: [])
            var other = Report()
            if let second = compiled(refined.text, &other) {
                (draft, compilation, problems) = (refined, second, other)
                found = Proof(generated: objects(of: second.manifests), given: tree.objects).differences
            }
        }
        let chosen = found.filter { $0.canBePatched && patching.includes($0) }
        if !chosen.isEmpty {
            let following =
                options.keepsWorkloads ? [] : selectorPatches(objects(of: compilation?.manifests ?? []), beside: tree)
            // Others follow the selectors of the input only where these are kept.
            func operations(_ kept: [Difference]) -> [SpecValue] {
                patches(for: kept) + (kept.contains(where: \.isOfSelection) ? following : [])
            }
            func attempt(_ kept: [Difference], _ problems: inout Report) -> ImportResult? {
                let whole = written(tree, options, needed, patches: operations(kept))
                return compiled(whole.text, &problems).map { third in
                    let proof = Proof(generated: objects(of: third.manifests), given: tree.objects)
                    report.add(whole.report)
                    return ImportResult(text: whole.text, proof: proof, patched: kept, leftOut: tree.leftOut)
                }
            }
            var rejected = Report()
            if let result = attempt(chosen, &rejected) { return result }
            // What breaks a rule stays a difference, and the rest is kept.
            let kept = accepted(chosen) { some in
                var ignored = Report()
                let text = written(tree, options, needed, patches: operations(some)).text
                return compiled(text, &ignored) != nil
            }
            reportRejectedPatches(rejected, kept: kept.count, of: chosen.count, &report)
            var ignored = Report()
            if kept.count < chosen.count, let result = attempt(kept, &ignored) { return result }
        }
    }
    report.add(draft.report)
    if compilation == nil { report.add(problems) }
    let proof = compilation.map { Proof(generated: objects(of: $0.manifests), given: tree.objects) }
    return ImportResult(text: draft.text, proof: proof, patched: [], leftOut: tree.leftOut)
}

/// The spec of a tree as a text, and what is to be said about it.
private func written(
    _ tree: ImportedTree, _ options: ImportOptions, _ needed: Set<String>, patches: [SpecValue]
) -> (text: String, report: Report) {
    var recognizer = Recognizer(tree, options, needed: needed)
    let spec = recognizer.spec().adding(patches, under: "patches")
    let head = "# Imported by stowage: each comment says where a value was read.\n"
    return (head + lines(spec), recognizer.report)
}

/// Compiles a spec.
private func compiled(_ text: String, _ report: inout Report) -> Compilation? {
    compile(SpecSource(SourceFile(path: "imported.yaml", text: text)), with: TemplateLibrary([.defaults]), &report)
}

/// Reports that what the input has cannot all be kept, because the rules reject it.
private func reportRejectedPatches(_ problems: Report, kept: Int, of all: Int, _ report: inout Report) {
    let reasons = problems.diagnostics.filter { $0.severity == .error }
    for reason in reasons.prefix(5) {
        report.warning(
            "import-not-exact", "\(all - kept) of \(all) patches are left out, because they break a rule", at: nil,
            notes: [.init("\(reason.code): \(reason.message)")],
            help: ["correct the input as `stowage verify` says, then import it again"])
    }
}

/// The fields of a spec that give what differs, as `Recognizer` names them.
private func fields(for differences: [Difference]) -> Set<String> {
    var fields: Set<String> = []
    for difference in differences {
        let name = difference.object.name.replacing(/-(base|surge)$/, with: "")
        let pointer = difference.pointer
        switch difference.object.kind {
        case "Deployment":
            if pointer.hasSuffix("/resources/requests/cpu") || pointer.hasSuffix("/resources/requests/memory") {
                fields.insert("\(name)/resources")
            }
            if difference.given?.text?.hasPrefix("--max-num-batched-tokens=") == true {
                fields.insert("\(name)/maxNumBatchedTokens")
            }
            if difference.generated?.text?.hasPrefix("--max-num-queued-") == true {
                fields.insert("\(name)/boundQueue")
            }
        case "ScaledObject", "HorizontalPodAutoscaler":
            if pointer.hasSuffix("/stabilizationWindowSeconds"), let given = difference.given?.integer,
                let generated = difference.generated?.integer, given > generated
            {
                fields.insert("\(name)/cooldown")
            }
        case "NodePool":
            if pointer == "/spec/replicas" { fields.insert("\(name.replacing("-primary", with: ""))/static") }
        case "EC2NodeClass":
            if pointer.hasSuffix("/volumeSize") { fields.insert("/volume") }
        default: break
        }
    }
    return fields
}

extension Patching {
    /// Tells whether a difference is to be removed.
    fileprivate func includes(_ difference: Difference) -> Bool {
        switch self {
        case .all: true
        case .needed: difference.effect != .nothing
        case .none: false
        }
    }
}

extension SpecValue {
    /// The spec with one more list below `spec`.
    fileprivate func adding(_ items: [SpecValue], under key: String) -> SpecValue {
        guard !items.isEmpty, case .mapping(let entries) = content else { return self }
        return SpecValue(
            .mapping(
                entries.map { entry in
                    guard entry.key == "spec", case .mapping(let inner) = entry.value.content else { return entry }
                    return Entry(
                        key: entry.key, value: SpecValue(.mapping(inner + [Entry(key: key, value: .list(items))])))
                }))
    }
}
