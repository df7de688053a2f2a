/// The version of the compiler; a tree remembers which one wrote it.
package let compilerVersion = "0.1.0"
