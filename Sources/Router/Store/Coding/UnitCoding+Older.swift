/// Records of older releases, JSON in rows of their own, as the parts of one unit.
extension UnitCoding {
    /// An order with everything about it.
    ///
    /// Bytes are records as they were, opened.
    package struct OlderParts {
        let terms: [UInt8]
        let payer: [UInt8]
        let state: [UInt8]
        let actions: [UInt8]?
        let version: Int64
        let status: String
        let outcome: String
        let purpose: String
        let provider: String?
        let channel: String?
        let eventCount: Int64
        let updatedAt: Moment
        let attempts: [OlderAttempt]
        let evidence: [Evidence]

        package init(
            terms: [UInt8], payer: [UInt8], state: [UInt8], actions: [UInt8]?, version: Int64, status: String,
            outcome: String, purpose: String, provider: String?, channel: String?, eventCount: Int64,
            updatedAt: Moment, attempts: [OlderAttempt], evidence: [Evidence]
        ) {
            self.terms = terms
            self.payer = payer
            self.state = state
            self.actions = actions
            self.version = version
            self.status = status
            self.outcome = outcome
            self.purpose = purpose
            self.provider = provider
            self.channel = channel
            self.eventCount = eventCount
            self.updatedAt = updatedAt
            self.attempts = attempts
            self.evidence = evidence
        }
    }

    /// An attempt; `record` and `request` are records as they were, opened.
    package struct OlderAttempt {
        let id: String
        let ordinal: Int64
        package let provider: String
        let channel: String
        package let scope: String
        let reference: String
        let createdAt: Moment
        let epoch: Int64
        let state: String
        let operatorReference: String?
        let openSince: Moment?
        let record: [UInt8]
        let request: [UInt8]?

        package init(
            id: String, ordinal: Int64, provider: String, channel: String, scope: String, reference: String,
            createdAt: Moment, epoch: Int64, state: String, operatorReference: String?, openSince: Moment?,
            record: [UInt8], request: [UInt8]?
        ) {
            self.id = id
            self.ordinal = ordinal
            self.provider = provider
            self.channel = channel
            self.scope = scope
            self.reference = reference
            self.createdAt = createdAt
            self.epoch = epoch
            self.state = state
            self.operatorReference = operatorReference
            self.openSince = openSince
            self.record = record
            self.request = request
        }

        /// Whether it forbids any other attempt.
        package var isLive: Bool { AttemptState(rawValue: state)?.isLive ?? false }

        /// Whether its record says that it holds its wallet's prompt.
        package var holdsPrompt: Bool {
            get throws(RecordFault) {
                guard let request, let state = AttemptState(rawValue: state) else { return false }
                return try RecordReader(request).optionalText("prompt_lock") != nil && state.isLive
                    && state != .succeeded
            }
        }
    }

    /// The bytes of a unit that holds an order as it is.
    package static func bytes(_ older: OlderParts) throws(RecordFault) -> [UInt8] {
        let (terms, payer, state) = (try members(older.terms), try members(older.payer), try members(older.state))
        let actions: JSONObject? = if let bytes = older.actions { try members(bytes) } else { nil }
        var attempts: [(OlderAttempt, state: JSONObject, request: JSONObject?)] = []
        for attempt in older.attempts {
            let request: JSONObject? = if let bytes = attempt.request { try members(bytes) } else { nil }
            attempts.append((attempt, try members(attempt.record), request))
        }
        return packed { writer in
            writer.part(.terms) { $0.members(of: terms) }
            writer.part(.payer) { $0.members(of: payer) }
            writer.part(.place) { writer in
                writer.field(.version, older.version)
                writer.field(.status, older.status)
                writer.field(.outcome, older.outcome)
                writer.field(.purpose, older.purpose)
                writer.field(.provider, older.provider)
                writer.field(.channel, older.channel)
                writer.field(.events, older.eventCount)
                writer.field(.updatedAt, older.updatedAt)
            }
            writer.part(.state) { $0.members(of: state) }
            if let actions { writer.part(.actions) { $0.members(of: actions) } }
            for (attempt, state, request) in attempts {
                write(attempt, &writer)
                writer.part(.attemptState) { $0.members(of: state) }
                if let request { writer.part(.attemptRequest) { $0.members(of: request) } }
            }
            for item in older.evidence { write(item, &writer) }
        }
    }

    private static func members(_ record: [UInt8]) throws(RecordFault) -> JSONObject {
        guard let object = (try? StrictJSON.parse(record, maximumDepth: 64))?.objectValue else {
            throw RecordFault("a record cannot be read")
        }
        return object
    }

    private static func write(_ attempt: OlderAttempt, _ writer: inout PackedWriter) {
        writer.part(.attempt) { writer in
            writer.field(.id, attempt.id)
            writer.field(.ordinal, attempt.ordinal)
            writer.field(.provider, attempt.provider)
            writer.field(.channel, attempt.channel)
            writer.field(.scope, attempt.scope)
            writer.field(.reference, attempt.reference)
            writer.field(.createdAt, attempt.createdAt)
            writer.field(.epoch, attempt.epoch)
            writer.field(.state, attempt.state)
            writer.field(.operatorReference, attempt.operatorReference)
            writer.field(.openSince, attempt.openSince)
        }
    }

    /// The bytes of a unit that tells of events in the bytes that were made of them.
    package static func bytes(writtenEvents: [[UInt8]]) -> [UInt8] {
        packed { write(writtenEvents, &$0) }
    }
}
