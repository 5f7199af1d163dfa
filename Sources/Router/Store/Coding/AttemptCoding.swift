/// An attempt as parts of a ``UnitRecord``.
enum AttemptCoding {
    /// What engines keep in columns as well.
    static func writeOrigin(_ attempt: Attempt, _ writer: inout PackedWriter) {
        writer.field(.id, id: attempt.id)
        writer.field(.ordinal, attempt.ordinal)
        writer.field(.provider, attempt.provider.text)
        writer.field(.channel, attempt.channel.text)
        writer.field(.scope, attempt.scope)
        writer.field(.reference, attempt.reference)
        writer.field(.createdAt, attempt.createdAt)
        writer.field(.epoch, attempt.epoch)
        writer.field(.state, attempt.state.rawValue)
        writer.field(.operatorReference, attempt.operatorReference)
        writer.field(.openSince, attempt.openSince)
    }

    /// What changes besides.
    static func writeState(_ attempt: Attempt, _ writer: inout PackedWriter) {
        writer.list(.transmissions, attempt.transmissions, write)
        writer.field(.sessionExpiresAt, attempt.sessionExpiresAt)
        writer.object(.heldRefusal, attempt.heldRefusal) { writer, held in
            write(&writer, held.refusal)
            writer.field(.since, held.since)
        }
        writer.object(.refusal, attempt.refusal, write)
        writer.object(.absence, attempt.absence) { writer, absence in
            writer.field(.count, absence.count)
            writer.field(.first, absence.first)
            writer.field(.last, absence.last)
        }
        writer.field(.confirmation, attempt.isConfirmation ? true : nil)
        writer.field(.arrived, attempt.hasArrived ? true : nil)
        writer.field(.checks, attempt.checks)
        writer.field(.withdrawals, attempt.withdrawals > 0 ? Int64(attempt.withdrawals) : nil)
        writer.field(.left, attempt.wasLeft ? true : nil)
        writer.field(.wallet, attempt.wallet?.text)
        writer.field(.quarantineEnd, attempt.quarantineEnd)
        writer.field(.goods, attempt.goods?.reveal())
        writer.field(.goodsUntil, attempt.goodsAwaitedUntil)
        writer.list(.disputes, attempt.disputes) { writer, kind in writer.field(.kind, kind.rawValue) }
        writer.list(.history, attempt.history) { writer, step in
            writer.field(.state, step.state.rawValue)
            writer.field(.at, step.at)
            writer.field(.cause, step.cause)
        }
    }

    /// Whether there is anything that ``writeRequest(_:_:)`` would write.
    static func hasRequest(_ attempt: Attempt) -> Bool {
        attempt.request != nil || !attempt.actions.isEmpty || attempt.activePromptLock != nil
    }

    /// The request's bytes and what the payer is asked to do.
    static func writeRequest(_ attempt: Attempt, _ writer: inout PackedWriter) {
        writer.object(.request, attempt.request, WireCoding.write)
        writer.list(.actions, attempt.actions, WireCoding.write)
        writer.field(.promptLock, attempt.activePromptLock)
    }

    private static func write(_ writer: inout PackedWriter, _ refusal: Refusal) {
        writer.field(.reason, refusal.reason.rawValue)
        writer.field(.providerCode, refusal.providerCode)
        writer.field(.definitive, refusal.isDefinitive)
        writer.field(.needsCheck, refusal.needsCheck ? true : nil)
    }

    private static func write(_ writer: inout PackedWriter, _ transmission: Transmission) {
        writer.field(.ordinal, transmission.ordinal)
        writer.field(.sendNotAfter, transmission.sendNotAfter)
        writer.field(.timeout, transmission.timeoutMilliseconds)
        writer.field(.startedAt, transmission.startedAt)
        writer.field(.endedAt, transmission.endedAt)
        writer.field(.gateOpened, transmission.gateOpened)
        writer.field(.curlCode, transmission.curlCode.map(Int64.init))
        writer.field(.httpStatus, transmission.httpStatus.map(Int64.init))
    }
}
