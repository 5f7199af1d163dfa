import FoundationEssentials

/// One line of the journal: everything that one step changed, so that a step is on file as a whole or not at all.
///
/// Records are whole: the latest line about a payment, session, intent or callback replaces every earlier one.
struct JournalLine: Codable, Sendable {
    var movement: SandboxMovement?
    var registration: SandboxRegistration?
    var session: FlouciSession?
    var trackingID: FlouciTracking?
    var acceptance: FlouciAcceptance?
    var intent: CardIntent?
    var charge: CardCharge?
    var key: IdempotencyRecord?
    /// Records of the operators that have no field of their own here.
    var records: [OperatorRecord]?
    var callbacks: [Outgoing]?
    /// Callbacks that need no more deliveries, by id.
    var settled: [String]?

    /// Adds a record of an operator.
    mutating func keep(_ value: some Encodable, as kind: String, of owner: SandboxOperator) throws {
        let text = String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
        records = (records ?? []) + [OperatorRecord(owner: owner, kind: kind, json: text)]
    }

    /// The records of one operator and kind, in their order.
    func kept<Value: Decodable>(_ type: Value.Type, as kind: String, of owner: SandboxOperator) -> [Value] {
        (records ?? []).filter { $0.owner == owner && $0.kind == kind }
            .compactMap { try? JSONDecoder().decode(type, from: Data($0.json.utf8)) }
    }
}

/// What one operator keeps, in its own form.
struct OperatorRecord: Codable, Sendable {
    var owner: SandboxOperator
    var kind: String
    var json: String
}
