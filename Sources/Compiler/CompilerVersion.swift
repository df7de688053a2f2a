/// The version of the compiler.
package let compilerVersion = "0.1.0"

/// The URL where the folder `docs/` of this version is published, the base of links in machine-readable output.
package let documentationAddress = "https://stowage.dev/docs"
