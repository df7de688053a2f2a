/// The version in an image's tag, if the tag is one: `v0.19.0`.
package func imageVersion(_ image: String) -> Version? {
    let name = image.prefix { $0 != "@" }
    guard let colon = name.lastIndex(of: ":") else { return nil }
    let tag = name[name.index(after: colon)...]
    let numbers = (tag.hasPrefix("v") ? tag.dropFirst() : tag).split(separator: ".", omittingEmptySubsequences: false)
        .map { Int($0) }
    guard numbers.count == 3, let major = numbers[0], let minor = numbers[1], let patch = numbers[2] else { return nil }
    return Version(major, minor, patch)
}
