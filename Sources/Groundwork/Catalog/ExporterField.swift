/// A field of the DCGM exporter that 4.9 renamed: a row of `exporter-fields.csv`.
package struct ExporterField: CatalogRow {
    /// The name before 4.9.
    package let former: String
    /// The name from 4.9 on.
    package let name: String
    /// What a value under the new name is multiplied with for the former unit.
    package let factor: Double
    package let reference: CatalogReference

    /// Whether the unit changed with the name.
    package var hasOtherUnit: Bool { factor != 1 }
}

extension ExporterField {
    /// All of them, in the order of the table.
    package static let renamed: [ExporterField] = scan(
        "exporter-fields", columns: ["former", "name", "factor", "source"]
    ) {
        row in
        let former = row.text()
        let (name, factor) = (row.text(), row.number())
        return ExporterField(
            former: former, name: name, factor: factor, reference: row.reference(former, source: row.text()))
    }

    /// Tells whether a name is one that a field has from 4.9 on.
    package static func isNew(_ name: String) -> Bool {
        renamed.contains { $0.name == name } || name == "DCGM_FI_DEV_FB_CAPACITY_BYTES"
    }
}

extension MetricName {
    /// The same field under the name that a release of the exporter has; nil if its name there is not known.
    package func field(at release: Version) -> MetricName? {
        guard Component.dcgmExporter.offers(.renamedFields, at: release) else { return self }
        return ExporterField.renamed.first { $0.former == rawValue }.flatMap { MetricName(rawValue: $0.name) }
    }
}
