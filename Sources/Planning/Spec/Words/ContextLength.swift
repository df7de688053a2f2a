/// A number of tokens in the spec's notation: `16k` where that is exact.
func contextLength(_ tokens: Int) -> String { tokens.isMultiple(of: 1024) ? "\(tokens / 1024)k" : "\(tokens)" }
