/// One stored answer (docs/protocols/card.md, 5.1); kept in the journal.
struct IdempotencyRecord: Codable, Sendable {
    var key: String
    /// Digest of method, path and parameters.
    var fingerprint: String
    var status: Int
    var body: String
    /// The call that really ran.
    var requestID: String
    /// When the answer was stored, in milliseconds since 1970.
    var storedAt: Int64
}
