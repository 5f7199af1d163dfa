/// What is kept of an operator's raw bytes.
package enum RawEvidence {
    /// The first bytes, or a remark instead of them if they seem to hold a card number.
    package static func kept(_ bytes: [UInt8]) -> [UInt8] {
        let head = bytes.count > Evidence.rawLimit ? Array(bytes.prefix(Evidence.rawLimit)) : bytes
        guard CardNumbers.contains(head) else { return head }
        return Array("[not kept: the bytes hold a card number]".utf8)
    }
}
