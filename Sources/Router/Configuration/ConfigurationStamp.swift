/// Which version of the configuration something was decided on.
package struct ConfigurationStamp: Sendable, Hashable {
    /// From 1 on, in the order in which versions were made.
    package var number: Int64
    /// SHA-256 of the file's bytes.
    package var hash: [UInt8]

    package init(number: Int64, hash: [UInt8]) {
        self.number = number
        self.hash = hash
    }
}
