extension Double {
    /// The number in thousandths as Go prints it with `%.3f`: the nearest, and the even one of two.
    ///
    /// The product with 1000 and its error together are exact, so nothing is rounded twice.
    var milli: Int {
        let product = self * 1000
        guard product.magnitude < 9e15 else { return product < 0 ? .min : product < 9.2e18 ? Int(product) : .max }
        let error = (-product).addingProduct(self, 1000)
        let floor = product.rounded(.down)
        let above = product - floor - 0.5 + error
        let isUp = above > 0 || above == 0 && !Int(floor).isMultiple(of: 2)
        return Int(floor) + (isUp ? 1 : 0)
    }

    /// The whole number without its fraction; as on amd64, the least one if it is out of range.
    var truncated: Int { Int(exactly: rounded(.towardZero)) ?? .min }
}
