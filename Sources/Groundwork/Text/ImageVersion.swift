/// The release in the tag of the DCGM exporter's image: `DCGM-exporter-flavor`, and from 4.9 on the exporter alone.
package func exporterVersion(_ image: String) -> Version? {
    guard let tag = image.prefix(while: { $0 != "@" }).split(separator: ":").last else { return nil }
    let versions = tag.split(separator: "-").prefix(2).compactMap { Version(String($0)) }
    guard let last = versions.last else { return nil }
    // A tag with the version of DCGM alone says nothing of the exporter.
    return versions.count == 2 || last >= Version(4, 9) ? last : nil
}

/// The version in an image's tag, if the tag begins with one: `v0.19.0`, `v0.10.1.post1`, `v0.25.0-cu130`.
package func imageVersion(_ image: String) -> Version? {
    let name = image.prefix { $0 != "@" }
    guard let colon = name.lastIndex(of: ":") else { return nil }
    let tag = name[name.index(after: colon)...]
    let parts = (tag.hasPrefix("v") ? tag.dropFirst() : tag)
        .split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let major = Int(parts[0]), let minor = Int(parts[1]) else { return nil }
    let patch = parts[2].prefix { ("0"..."9").contains($0) }
    let rest = parts[2].dropFirst(patch.count)
    guard let number = Int(patch), rest.isEmpty || rest.first == "." || rest.first == "-" || rest.first == "_" else {
        return nil
    }
    return Version(major, minor, number)
}
