/// The version of the compiler.
package let compilerVersion = "0.1.0"

/// Where the folder `docs/` of this version is published; what prints links for other programs starts from it.
package let documentationAddress = "https://stowage.dev/docs"
