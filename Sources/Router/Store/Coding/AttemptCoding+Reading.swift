extension AttemptCoding {
    /// Puts an attempt together again.
    static func attempt(
        _ origin: PackedReader, of order: Order, state: PackedReader, request: PackedReader?
    ) throws(RecordFault) -> Attempt {
        var attempt = Attempt(
            id: try origin.id(.id), of: order, ordinal: Int(try origin.integer(.ordinal)),
            provider: ProviderID(try origin.text(.provider)), channel: PaymentChannel(try origin.text(.channel)),
            scope: try origin.text(.scope), reference: try origin.text(.reference),
            createdAt: try origin.moment(.createdAt), epoch: try origin.integer(.epoch),
            state: try origin.word(.state), history: try state.list(.history, step))
        attempt.operatorReference = try origin.optionalText(.operatorReference)
        attempt.openSince = try origin.optionalMoment(.openSince)
        attempt.transmissions = try state.list(.transmissions, transmission)
        attempt.sessionExpiresAt = try state.optionalMoment(.sessionExpiresAt)
        attempt.heldRefusal = try state.optionalObject(.heldRefusal) { held throws(RecordFault) in
            HeldRefusal(refusal: try refusal(held), since: try held.moment(.since))
        }
        attempt.refusal = try state.optionalObject(.refusal, refusal)
        attempt.absence = try state.optionalObject(.absence) { absence throws(RecordFault) in
            AbsenceRecord(
                count: Int(try absence.integer(.count)), first: try absence.moment(.first),
                last: try absence.moment(.last))
        }
        attempt.isConfirmation = try state.optionalFlag(.confirmation) ?? false
        attempt.hasArrived = try state.optionalFlag(.arrived) ?? false
        attempt.checks = Int(try state.integer(.checks))
        attempt.withdrawals = Int(try state.optionalInteger(.withdrawals) ?? 0)
        attempt.wasLeft = try state.optionalFlag(.left) ?? false
        attempt.wallet = try state.optionalText(.wallet).map { id throws(RecordFault) in try WalletID(stored: id) }
        attempt.quarantineEnd = try state.optionalMoment(.quarantineEnd)
        attempt.goods = try state.optionalText(.goods).map { Secret($0) }
        attempt.goodsAwaitedUntil = try state.optionalMoment(.goodsUntil)
        attempt.disputes = try state.list(.disputes) { dispute throws(RecordFault) in try dispute.word(.kind) }
        if let request {
            attempt.request = try request.optionalObject(.request, WireCoding.request)
            attempt.actions = try request.list(.actions, WireCoding.action)
            attempt.promptLock = try request.optionalText(.promptLock)
        }
        return attempt
    }

    private static func step(_ reader: PackedReader) throws(RecordFault) -> AttemptStep {
        AttemptStep(state: try reader.word(.state), at: try reader.moment(.at), cause: try reader.text(.cause))
    }

    private static func refusal(_ reader: PackedReader) throws(RecordFault) -> Refusal {
        Refusal(
            try reader.word(.reason), providerCode: try reader.optionalText(.providerCode),
            isDefinitive: try reader.optionalFlag(.definitive) ?? true,
            needsCheck: try reader.optionalFlag(.needsCheck) ?? false)
    }

    private static func transmission(_ reader: PackedReader) throws(RecordFault) -> Transmission {
        var transmission = Transmission(
            ordinal: Int(try reader.integer(.ordinal)), sendNotAfter: try reader.moment(.sendNotAfter),
            timeoutMilliseconds: try reader.integer(.timeout), startedAt: try reader.moment(.startedAt))
        transmission.endedAt = try reader.optionalMoment(.endedAt)
        transmission.gateOpened = try reader.optionalFlag(.gateOpened)
        transmission.curlCode = try reader.optionalInteger(.curlCode).map(Int32.init(truncatingIfNeeded:))
        transmission.httpStatus = try reader.optionalInteger(.httpStatus).map(Int.init)
        return transmission
    }
}
