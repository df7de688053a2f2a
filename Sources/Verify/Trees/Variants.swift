import Diagnostics
import Groundwork

/// A tree as it is checked: objects that are in one cluster together.
struct Variant {
    let manifests: [Manifest]
    let scope: TreeScope
}

/// Files that are applied together: a kustomization, or a folder without one.
private struct BuildUnit {
    let path: String
    /// The paths of its files.
    let files: Set<String>
    let manifests: [Manifest]
    var built: TreeScope.Built = TreeScope.Built()
}

/// Splits a tree into its variants.
///
/// Overlays of one base, and folders with the same objects, are variants: no cluster has both, so each is checked with the
/// rest of the tree and without the others.
func variants(of manifests: [Manifest], _ whole: TreeScope, data: [SourceFile] = []) -> [Variant] {
    let tree = KustomizedTree(manifests, data: data)
    let (units, leftOut) = units(of: manifests, tree, isClosed: whole.isClosed)
    let rivals = rivals(among: units)
    var waiting = leftOut
    func variant(_ members: [Int]) -> Variant {
        let members = members.sorted().map { units[$0] }
        let own = members.flatMap(\.manifests)
        var built = members.reduce(into: TreeScope.Built()) { $0.add($1.built) }
        // What kustomize leaves out is reported beside its kustomization.
        let bases = Set(own.lazy.filter { isKustomization($0.path) }.map { folder(of: $0.path) })
        let beside = waiting.filter { manifest in tree.base(above: manifest.path).map(bases.contains) ?? true }
        let names = Set(beside.map(\.path))
        waiting.removeAll { names.contains($0.path) }
        built.leaveOut(names)
        let all = (own + beside).sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        return Variant(manifests: all, scope: whole.of(built))
    }
    if rivals.allSatisfy(\.isEmpty) { return [variant(Array(units.indices))] }
    var covered: Set<Int> = []
    var trees: [Variant] = []
    for seed in units.indices where !covered.contains(seed) {
        var members = [seed]
        var excluded = rivals[seed]
        // Units with similar paths belong together: the overlay `prod` of one base with the overlay `prod` of another.
        let others = units.indices.filter { $0 != seed }
            .filter { other in
                // A unit that is nearer to a rival belongs to the rival.
                let near = shared(units[other].path, units[seed].path)
                return rivals[seed].allSatisfy { shared(units[other].path, units[$0].path) <= near }
            }
        let ranked = others.map { ($0, likeness(units[$0].path, units[seed].path)) }
        for (other, _) in ranked.sorted(by: { ($1.1, $0.0) < ($0.1, $1.0) }) where !excluded.contains(other) {
            members.append(other)
            excluded.formUnion(rivals[other])
        }
        covered.formUnion(members)
        trees.append(variant(members))
    }
    return trees
}

/// Tells how similar two paths are: by their last component, then by their common leading components.
private func likeness(_ left: String, _ right: String) -> Int {
    let isNamesake = left.split(separator: "/").last == right.split(separator: "/").last
    return shared(left, right) + (isNamesake ? 1000 : 0)
}

/// Counts the common leading components of two paths.
private func shared(_ left: String, _ right: String) -> Int {
    zip(left.split(separator: "/"), right.split(separator: "/")).prefix { $0 == $1 }.count
}

/// Finds, for each unit, the units that share a file or an object with it.
private func rivals(among units: [BuildUnit]) -> [Set<Int>] {
    var rivals: [Set<Int>] = Array(repeating: [], count: units.count)
    if units.count < 2 { return rivals }
    var owners: [String: [Int]] = [:]
    var holders: [ObjectReference: [Int]] = [:]
    /// Records that a unit has a file or an object, and separates it from other units that have it.
    func note<Key>(_ number: Int, _ key: Key, _ known: inout [Key: [Int]]) {
        if known[key]?.last == number { return }
        for other in known[key] ?? [] {
            rivals[number].insert(other)
            rivals[other].insert(number)
        }
        known[key, default: []].append(number)
    }
    for (number, unit) in units.enumerated() {
        for file in unit.files { note(number, file, &owners) }
        for manifest in unit.manifests where !isKustomization(manifest.path) {
            for document in manifest.documents {
                guard let object = KubernetesObject(document.root, path: ""), !object.name.isEmpty else { continue }
                note(number, object.reference, &holders)
            }
        }
    }
    return rivals
}

/// Finds the units of a tree, and builds the kustomizations among them.
private func units(
    of manifests: [Manifest], _ tree: KustomizedTree, isClosed: Bool
) -> (units: [BuildUnit], leftOut: [Manifest]) {
    var leftOut: [Manifest] = []
    var units: [BuildUnit] = []
    var used: Set<String> = []
    let places = Dictionary(grouping: manifests.indices) { manifests[$0].path }
    for top in tree.tops {
        let files = tree.files(of: top)
        used.formUnion(files)
        var build = KustomizeBuild(tree)
        let objects = build.build(top)
        // Their files exist, even if the build failed.
        let bare = files.flatMap { places[$0] ?? [] }.sorted().map { place in
            let manifest = manifests[place]
            return isKustomization(manifest.path) ? manifest : Manifest(path: manifest.path, documents: [])
        }
        var built = TreeScope.Built(mistakes: build.mistakes, objects)
        built.add(files: files)
        units.append(BuildUnit(path: top.base, files: files, manifests: bare + grouped(objects), built: built))
    }
    dropMistakesOfOne(&units)
    let applied = appliedFolders(manifests)
    var folders: [String: Int] = [:]
    var loose: [(path: String, manifests: [Manifest], isApplied: Bool)] = []
    for manifest in manifests where !used.contains(manifest.path) {
        if !isKustomization(manifest.path), tree.leavesOut(manifest.path) {
            leftOut.append(manifest)
            continue
        }
        let place = folder(of: manifest.path)
        let root = applied.first { $0.holds(place) }
        let name = root.map { $0.isRecursive ? $0.path : place } ?? place
        if let index = folders[name] {
            loose[index].manifests.append(manifest)
        } else {
            folders[name] = loose.count
            loose.append((name, [manifest], root != nil))
        }
    }
    for (path, manifests, isApplied) in loose {
        let sets = isClosed || isApplied ? [(path, manifests)] : alternatives(among: manifests, in: path)
        for (path, manifests) in sets {
            var unit = BuildUnit(path: path, files: Set(manifests.map(\.path)), manifests: manifests)
            if isApplied { unit.built.add(files: unit.files) }
            units.append(unit)
        }
    }
    return (units, leftOut)
}

/// Removes what matches nothing in one overlay of a component or base, but something in another one.
private func dropMistakesOfOne(_ units: inout [BuildUnit]) {
    func key(_ mistake: BuildMistake) -> String? {
        switch mistake.kind {
        case .kustomizePatchMatchesNothing, .kustomizeReplacementMatchesNothing:
            "\(mistake.place.file.path):\(mistake.place.start)"
        default: nil
        }
    }
    var counts: [String: Int] = [:]
    for unit in units {
        for key in Set(unit.built.mistakes.compactMap(key)) { counts[key, default: 0] += 1 }
    }
    if counts.isEmpty { return }
    var sharers: [String: Int] = [:]
    for path in units.flatMap(\.files) { sharers[path, default: 0] += 1 }
    for index in units.indices {
        units[index].built.removeMistakes { mistake in
            key(mistake).map { counts[$0] != sharers[mistake.place.file.path] } ?? false
        }
    }
}

/// Puts the objects of one file into a manifest, in order.
private func grouped(_ objects: [BuiltObject]) -> [Manifest] {
    var manifests: [Manifest] = []
    var start = 0
    for (number, object) in objects.enumerated()
    where number + 1 == objects.count || objects[number + 1].path != object.path {
        let documents = objects[start...number].map { Document(ManifestValue($0.root)) }
        manifests.append(Manifest(path: object.path, documents: documents))
        start = number + 1
    }
    return manifests
}
