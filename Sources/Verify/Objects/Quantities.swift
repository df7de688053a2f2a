/// A number rounded for messages; at most 10¹⁵.
func wholeNumber(_ figure: Double) -> Int { figure.isNaN ? 0 : Int(min(max(figure, -1e15), 1e15)) }
