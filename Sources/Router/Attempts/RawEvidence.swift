/// What is kept of an operator's raw bytes.
package enum RawEvidence {
    private static let goodsRemark = Array("[not kept: the bytes hold goods]".utf8)
    private static let cardRemark = Array("[not kept: the bytes hold a card number]".utf8)

    /// Whether bytes are what stands instead of an operator's.
    package static func isRemark(_ bytes: [UInt8]) -> Bool { bytes == goodsRemark || bytes == cardRemark }

    /// The first bytes, or a remark instead of them if they seem to hold a card number.
    ///
    /// Goods in them are as good as money: stars stand in their place, and where they are not found as they are (escaped,
    /// for instance), a remark stands for everything.
    package static func kept(_ bytes: [UInt8], goods: Secret? = nil) -> [UInt8] {
        guard let goods = goods.map({ Array($0.reveal().utf8) }), !goods.isEmpty, !bytes.isEmpty else {
            return kept(bytes)
        }
        let parts = bytes.split(separator: goods, omittingEmptySubsequences: false)
        guard parts.count > 1 else { return goodsRemark }
        return kept(Array(parts.joined(separator: Array("***".utf8))))
    }

    private static func kept(_ bytes: [UInt8]) -> [UInt8] {
        let head = bytes.count > Evidence.rawLimit ? Array(bytes.prefix(Evidence.rawLimit)) : bytes
        guard CardNumbers.contains(head) else { return head }
        return cardRemark
    }
}
