/// Files that are applied together: what a kustomization takes in, or a folder without one.
private struct Unit {
    let path: String
    var files: [Int]
}

/// Divides a tree into the trees that it stands for.
///
/// Overlays of one base, and folders that hold the same objects, are variants: no cluster has both, so each is judged with the
/// rest of the tree and without the others.
func variants(of manifests: [Manifest], _ whole: TreeScope) -> [([Manifest], TreeScope)] {
    let units = units(of: manifests)
    let rivals = rivals(among: units.map(\.unit), manifests)
    func scope(_ members: [Int]) -> TreeScope {
        var namespaces: [String: String] = [:]
        for member in members { namespaces.merge(units[member].namespaces) { first, _ in first } }
        return whole.giving(namespaces)
    }
    if rivals.allSatisfy(\.isEmpty) { return [(manifests, scope(Array(units.indices)))] }
    var covered: Set<Int> = []
    var trees: [([Manifest], TreeScope)] = []
    for seed in units.indices where !covered.contains(seed) {
        var members = [seed]
        var excluded = rivals[seed]
        // What is most alike by its path goes together: the overlay `prod` of one base with the overlay `prod` of another.
        let others = units.indices.filter { $0 != seed }
            .filter { other in
                // What is nearer to a rival is the rival's.
                let near = shared(units[other].unit.path, units[seed].unit.path)
                return rivals[seed].allSatisfy { shared(units[other].unit.path, units[$0].unit.path) <= near }
            }
        let ranked = others.map { ($0, likeness(units[$0].unit.path, units[seed].unit.path)) }
        for (other, _) in ranked.sorted(by: { ($1.1, $0.0) < ($0.1, $1.0) }) where !excluded.contains(other) {
            members.append(other)
            excluded.formUnion(rivals[other])
        }
        covered.formUnion(members)
        let files = Set(members.flatMap { units[$0].unit.files })
        trees.append((files.sorted().map { manifests[$0] }, scope(members.sorted())))
    }
    return trees
}

/// Tells how alike two paths are: by their last step, then by the steps that they begin with.
private func likeness(_ left: String, _ right: String) -> Int {
    let isNamesake = left.split(separator: "/").last == right.split(separator: "/").last
    return shared(left, right) + (isNamesake ? 1000 : 0)
}

/// Counts the steps that two paths begin with both.
private func shared(_ left: String, _ right: String) -> Int {
    zip(left.split(separator: "/"), right.split(separator: "/")).prefix { $0 == $1 }.count
}

/// Finds, for each unit, those that share a file or an object with it.
private func rivals(among units: [Unit], _ manifests: [Manifest]) -> [Set<Int>] {
    var rivals: [Set<Int>] = Array(repeating: [], count: units.count)
    if units.count < 2 { return rivals }
    func part(_ one: Int, _ other: Int) {
        if one == other { return }
        rivals[one].insert(other)
        rivals[other].insert(one)
    }
    var owners: [Int: [Int]] = [:]
    var holders: [Inventory.Reference: [Int]] = [:]
    for (number, unit) in units.enumerated() {
        for file in unit.files {
            for other in owners[file] ?? [] { part(number, other) }
            owners[file, default: []].append(number)
            for document in manifests[file].documents where !isKustomization(manifests[file].path) {
                guard let object = Inventory.Object(document.root, path: ""), !object.name.isEmpty else { continue }
                for other in holders[object.reference] ?? [] { part(number, other) }
                if holders[object.reference]?.last != number { holders[object.reference, default: []].append(number) }
            }
        }
    }
    return rivals
}

/// Finds the units of a tree, with the namespaces that kustomizations give to their files.
private func units(of manifests: [Manifest]) -> [(unit: Unit, namespaces: [String: String])] {
    var numbers: [String: Int] = [:]
    var kustomizations: [String: (number: Int, value: Inventory.Kustomization)] = [:]
    for (number, manifest) in manifests.enumerated() {
        numbers[manifest.path] = number
        guard isKustomization(manifest.path), let document = manifest.documents.first else { continue }
        let value = Inventory.Kustomization(document.root, path: manifest.path)
        kustomizations[value.base] = (number, value)
    }
    let taken = Set(kustomizations.values.flatMap { entry in entry.value.parts.map(\.path) })
    let tops = kustomizations.values.filter { !taken.contains($0.value.base) }.sorted { $0.number < $1.number }
    var result: [(Unit, [String: String])] = []
    var used: Set<Int> = []
    for top in tops {
        var closure = Closure()
        closure.take(top.value, nil, numbers, kustomizations)
        used.formUnion(closure.files)
        result.append((Unit(path: top.value.base, files: closure.files), closure.namespaces))
    }
    var folders: [String: Int] = [:]
    for (number, manifest) in manifests.enumerated() where !used.contains(number) {
        let place = folder(of: manifest.path)
        if let index = folders[place] {
            result[index].0.files.append(number)
        } else {
            folders[place] = result.count
            result.append((Unit(path: place, files: [number]), [:]))
        }
    }
    return result
}

/// What a kustomization takes in, directly and through others.
private struct Closure {
    var files: [Int] = []
    var namespaces: [String: String] = [:]
    private var visited: Set<String> = []

    /// Takes in a kustomization; the namespace is that of the outermost one that gives any.
    mutating func take(
        _ kustomization: Inventory.Kustomization, _ outer: String?, _ numbers: [String: Int],
        _ kustomizations: [String: (number: Int, value: Inventory.Kustomization)]
    ) {
        guard visited.insert(kustomization.base).inserted else { return }
        let namespace = outer ?? kustomization.root["namespace"]?.text
        if let own = kustomizations[kustomization.base] { files.append(own.number) }
        for path in (kustomization.parts + kustomization.patches).map(\.path) {
            if let inner = kustomizations[path] {
                take(inner.value, namespace, numbers, kustomizations)
            } else if let number = numbers[path], visited.insert(path).inserted {
                files.append(number)
                namespaces[path] = namespace
            }
        }
    }
}
