/// A row of a catalog table, which knows where its figures come from.
package protocol CatalogRow: Sendable {
    var reference: CatalogReference { get }
}

extension CatalogRow {
    /// A figure of the row together with its origin: `instanceType.traced(\.gpuCount)`.
    package func traced<Value: Sendable>(_ figure: (Self) -> Value) -> Traced<Value> {
        Traced(figure(self), .catalog(reference))
    }
}
