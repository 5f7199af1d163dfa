import Crypto
import WebText

/// Under which names notifications are stored: equal ones under one name, different ones never.
extension CallbackFact {
    /// The name of a believed notification among those of its provider.
    ///
    /// A signed event goes by the operator's number for it. Any other goes by its bytes, behind what it is about: what an
    /// operator says later of the same transaction is another notification.
    func inboxKey(_ callback: InboundCallback) -> String {
        if proof == .signature, let dedupKey { return dedupKey }
        guard let keys = transactionKeys else { return callback.digest }
        return keys.ofTransaction + callback.digest
    }

    /// How the names of all notifications with this transaction id begin, and of those about this transaction.
    var transactionKeys: (ofID: String, ofTransaction: String)? {
        guard let transactionID else { return nil }
        let id = "id:" + Self.short(transactionID) + ":"
        return (id, id + Self.short(about.text) + ":")
    }

    private static func short(_ text: String) -> String {
        Hex.text(Array(SHA256.hash(data: Array(text.utf8)).prefix(16)))
    }
}
