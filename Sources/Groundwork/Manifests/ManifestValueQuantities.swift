extension ManifestValue {
    /// The seconds of a duration such as `1h30m`; nil for anything else, such as `Never`.
    package var seconds: Double? {
        guard let text else { return nil }
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
        var sum = 0.0
        var digits = ""
        for character in text {
            if character.isNumber {
                digits.append(character)
            } else if let unit = units[character], let count = Double(digits) {
                sum += count * unit
                digits = ""
            } else {
                return nil
            }
        }
        return digits.isEmpty && !text.isEmpty ? sum : nil
    }

    /// The number of a Kubernetes quantity such as `64Gi` or `500m`.
    package var quantity: Double? { number ?? text.flatMap { Quantity($0)?.double } }
}
