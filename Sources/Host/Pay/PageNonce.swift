import Router
import WebText

/// A name that a page gives its form: sent twice, the form begins one payment.
enum PageNonce {
    /// Another one than any before, of 128 random bits.
    static func fresh() -> String {
        let random = SystemRandom()
        return Hex.text((0..<2).flatMap { _ in withUnsafeBytes(of: random.next()) { Array($0) } })
    }

    /// What a form brought back; `nil` if it is none of ours.
    static func sent(_ form: QueryParameters) -> String? {
        guard let nonce = form["nonce"], nonce.utf8.count == 32,
            nonce.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        return nonce
    }
}
