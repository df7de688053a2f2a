import Diagnostics
import Groundwork

/// The images in the requests of a model.
package struct ImagesOfRequests: Sendable {
    /// Images of a request, on average.
    package let perRequest: Traced<Double>
    /// Pixels of an image, on average.
    package let width: Traced<Int>?
    package let height: Traced<Int>?
    /// Tokens of an image, on average; nil means those that its size gives.
    package let tokens: Traced<Int>?
    /// The most images of a request; nil means the average, rounded up.
    package let most: Traced<Int>?
    package let range: SourceRange
}

extension ImagesOfRequests {
    init(_ fields: inout FieldReader) {
        range = fields.range
        perRequest = fields.required("perRequest", .rate, "mean number of images of a request")
        width = fields.optional(
            "width", .count(1...16_384, 1024),
            "mean width of an image in pixels; default: that to which the model scales it")
        height = fields.optional(
            "height", .count(1...16_384, 768),
            "mean height of an image in pixels; default: that to which the model scales it")
        tokens = fields.optional(
            "tokens", .tokens.example("1024", "1k"),
            "mean number of tokens of an image; default: those that its size gives")
        most = fields.optional(
            "most", .count(1...1000, 4), "the most images that a request may have; default: `perRequest`, rounded up")
    }
}
