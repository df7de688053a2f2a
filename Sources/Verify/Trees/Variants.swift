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
    let units = units(of: manifests, KustomizedTree(manifests, data: data), isClosed: whole.isClosed)
    let rivals = rivals(among: units)
    func variant(_ members: [Int]) -> Variant {
        let members = members.sorted().map { units[$0] }
        let manifests = members.flatMap(\.manifests)
        let built = members.reduce(into: TreeScope.Built()) { $0.add($1.built) }
        return Variant(
            manifests: manifests.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }, scope: whole.of(built)
        )
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
private func units(of manifests: [Manifest], _ tree: KustomizedTree, isClosed: Bool) -> [BuildUnit] {
    var units: [BuildUnit] = []
    var used: Set<String> = []
    for top in tree.tops {
        let files = tree.files(of: top)
        used.formUnion(files)
        var build = KustomizeBuild(tree)
        let objects = build.build(top)
        // Their files exist, even if the build failed.
        let bare = manifests.filter { files.contains($0.path) }.map { manifest in
            isKustomization(manifest.path) ? manifest : Manifest(path: manifest.path, documents: [])
        }
        var built = TreeScope.Built(mistakes: build.mistakes, objects)
        built.add(files: files)
        units.append(BuildUnit(path: top.base, files: files, manifests: bare + grouped(objects), built: built))
    }
    let applied = appliedFolders(manifests)
    var folders: [String: Int] = [:]
    var loose: [(path: String, manifests: [Manifest], isApplied: Bool)] = []
    for manifest in manifests where !used.contains(manifest.path) {
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
    return units
        + loose.flatMap { path, manifests, isApplied in
            let sets = isClosed || isApplied ? [(path, manifests)] : alternatives(among: manifests, in: path)
            return sets.map { BuildUnit(path: $0, files: Set($1.map(\.path)), manifests: $1) }
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
