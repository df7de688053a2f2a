/// The encoder that turns the images of a model's requests into tokens: a row of `vision-encoders.csv`.
package struct VisionEncoder: CatalogRow {
    package let model: String
    package let layers: Int
    package let hidden: Int
    /// Pixels along a side of a patch.
    package let patch: Int
    /// Patches along a side of what becomes one token.
    package let merge: Int
    /// Pixels along a side of each image, if all are scaled alike; nil if their size decides.
    package let side: Int?
    package let takesVideo: Bool
    package let reference: CatalogReference

    /// Reads the table of encoders.
    static func load() -> [VisionEncoder] {
        let columns = ["model", "layers", "hidden", "patch", "merge", "side", "video", "source"]
        return scan("vision-encoders", columns: columns) { row in
            let model = row.text()
            let (layers, hidden, patch, merge) = (row.integer(), row.integer(), row.integer(), row.integer())
            let (side, video) = (row.integer(orEmpty: ()), row.text())
            return VisionEncoder(
                model: model, layers: layers, hidden: hidden, patch: patch, merge: merge, side: side,
                takesVideo: video == "yes", reference: row.reference(model, source: row.text()))
        }
    }
}
