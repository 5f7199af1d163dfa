extension AttemptCoding {
    /// What an engine keeps of an attempt in columns.
    package struct Columns {
        package var id: AttemptID
        package var ordinal: Int
        package var provider: ProviderID
        package var channel: PaymentChannel
        package var scope: String
        package var reference: String
        package var createdAt: Moment
        package var epoch: Int64
        package var state: AttemptState
        package var operatorReference: String?
        package var openSince: Moment?

        package init(
            id: AttemptID, ordinal: Int, provider: ProviderID, channel: PaymentChannel, scope: String,
            reference: String, createdAt: Moment, epoch: Int64, state: AttemptState,
            operatorReference: String?, openSince: Moment?
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
        }
    }

    /// Puts an attempt together again.
    package static func attempt(
        _ columns: Columns, of order: Order, state record: [UInt8], secret: [UInt8]?
    ) throws(RecordFault) -> Attempt {
        let state = try RecordReader(record)
        var attempt = Attempt(
            id: columns.id, of: order, ordinal: columns.ordinal, provider: columns.provider,
            channel: columns.channel, scope: columns.scope, reference: columns.reference,
            createdAt: columns.createdAt, epoch: columns.epoch, state: columns.state,
            history: try state.list("history", step))
        attempt.operatorReference = columns.operatorReference
        attempt.openSince = columns.openSince
        attempt.transmissions = try state.list("transmissions", transmission)
        attempt.sessionExpiresAt = try state.optionalMoment("session_expires_at")
        attempt.heldRefusal = try state.optionalObject("held_refusal") { held throws(RecordFault) in
            HeldRefusal(refusal: try refusal(held), since: try held.moment("since"))
        }
        attempt.refusal = try state.optionalObject("refusal", refusal)
        attempt.absence = try state.optionalObject("absence") { absence throws(RecordFault) in
            AbsenceRecord(
                count: Int(try absence.integer("count")), first: try absence.moment("first"),
                last: try absence.moment("last"))
        }
        attempt.isConfirmation = try state.optionalFlag("confirmation") ?? false
        attempt.hasArrived = try state.optionalFlag("arrived") ?? false
        attempt.checks = Int(try state.integer("checks"))
        attempt.withdrawals = Int(try state.optionalInteger("withdrawals") ?? 0)
        attempt.wasLeft = try state.optionalFlag("left") ?? false
        attempt.quarantineEnd = try state.optionalMoment("quarantine_end")
        attempt.disputes = try state.list("disputes") { dispute throws(RecordFault) in try dispute.word("kind") }
        if let secret {
            let reader = try RecordReader(secret)
            attempt.request = try reader.optionalObject("request", WireCoding.request)
            attempt.actions = try reader.list("actions", WireCoding.action)
            attempt.promptLock = try reader.optionalText("prompt_lock")
        }
        return attempt
    }

    private static func step(_ reader: RecordReader) throws(RecordFault) -> AttemptStep {
        AttemptStep(state: try reader.word("state"), at: try reader.moment("at"), cause: try reader.text("cause"))
    }

    private static func refusal(_ reader: RecordReader) throws(RecordFault) -> Refusal {
        Refusal(
            try reader.word("reason"), providerCode: try reader.optionalText("provider_code"),
            isDefinitive: try reader.optionalFlag("definitive") ?? true,
            needsCheck: try reader.optionalFlag("needs_check") ?? false)
    }

    private static func transmission(_ reader: RecordReader) throws(RecordFault) -> Transmission {
        var transmission = Transmission(
            ordinal: Int(try reader.integer("ordinal")), sendNotAfter: try reader.moment("send_not_after"),
            timeoutMilliseconds: try reader.integer("timeout"), startedAt: try reader.moment("started_at"))
        transmission.endedAt = try reader.optionalMoment("ended_at")
        transmission.gateOpened = try reader.optionalFlag("gate_opened")
        transmission.curlCode = try reader.optionalInteger("curl_code").map(Int32.init(truncatingIfNeeded:))
        transmission.httpStatus = try reader.optionalInteger("http_status").map(Int.init)
        return transmission
    }
}
