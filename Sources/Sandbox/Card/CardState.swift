/// The tables of the card operator.
struct CardState: Sendable {
    /// What is known about an idempotency key.
    enum KeyState: Sendable {
        /// Nothing: the call may run.
        case free
        /// The same call is still running.
        case busy
        /// The key was used with other parameters.
        case foreign
        /// The call ran.
        case stored(IdempotencyRecord)
    }

    var intents: [String: CardIntent] = [:]
    var charges: [String: CardCharge] = [:]
    /// Charge ids by transfer group, oldest first.
    var groups: [String: [String]] = [:]
    var keys: [String: IdempotencyRecord] = [:]
    /// Fingerprints of running calls, by key.
    var busy: [String: String] = [:]
    /// Keys under which a first call was dropped unread that left nothing behind.
    var droppedKeys: Set<String> = []
    var lastCharge = 0
    /// Tokens made in browsers, by id.
    var tokens: [String: CardToken] = [:]
    /// Refunds, oldest first.
    var refunds: [CardRefund] = []
    var lastIntent = 0
    /// Pages, by id, and which of them an intent belongs to.
    var sessions: [String: CardSession] = [:]
    var sessionOfIntent: [String: String] = [:]
    var lastSession = 0

    /// Reads one step.
    mutating func apply(_ line: JournalLine) {
        if let intent = line.intent {
            intents[intent.id] = intent
            lastIntent = max(lastIntent, intent.number ?? 0)
        }
        for session in line.kept(CardSession.self, as: "session", of: .card) {
            sessions[session.id] = session
            lastSession = max(lastSession, session.number)
            if let intent = session.intent { sessionOfIntent[intent] = session.id }
        }
        if let charge = line.charge {
            if charges[charge.id] == nil, let group = charge.transferGroup {
                groups[group, default: []].append(charge.id)
            }
            charges[charge.id] = charge
            lastCharge = max(lastCharge, charge.number)
        }
        for refund in line.kept(CardRefund.self, as: "refund", of: .card) {
            if let index = refunds.firstIndex(where: { $0.id == refund.id }) {
                refunds[index] = refund
            } else {
                refunds.append(refund)
            }
        }
        for token in line.kept(CardToken.self, as: "token", of: .card) { tokens[token.id] = token }
        if let record = line.key { keys[record.key] = record }
    }

    /// What is known about a key; forgets it if the window has passed.
    mutating func look(up key: String, _ fingerprint: String, now: Int64, window: Int64) -> KeyState {
        if let running = busy[key] { return running == fingerprint ? .busy : .foreign }
        guard let record = keys[key] else { return .free }
        guard now < record.storedAt + window else {
            keys[key] = nil
            return .free
        }
        return record.fingerprint == fingerprint ? .stored(record) : .foreign
    }

    /// The intent; `resource_missing` (404) if there is none.
    func intent(_ id: String) throws(CardRefusal) -> CardIntent {
        guard let intent = intents[id] else { throw .missing("payment_intent", id, param: "intent") }
        return intent
    }
}

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
