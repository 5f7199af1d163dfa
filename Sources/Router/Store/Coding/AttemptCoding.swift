/// An attempt as records.
///
/// What engines search or compare by (ids, provider, reference, state, amount, ...) are columns.
package enum AttemptCoding {
    /// What changes and is not searched by.
    package static func state(_ attempt: Attempt) -> [UInt8] {
        JSONObjectWriter.object { writer in
            writer.list("transmissions", attempt.transmissions, write)
            writer.field("session_expires_at", attempt.sessionExpiresAt)
            writer.object("held_refusal", attempt.heldRefusal) { writer, held in
                write(&writer, held.refusal)
                writer.field("since", held.since)
            }
            writer.object("refusal", attempt.refusal, write)
            writer.object("absence", attempt.absence) { writer, absence in
                writer.field("count", absence.count)
                writer.field("first", absence.first)
                writer.field("last", absence.last)
            }
            writer.field("confirmation", attempt.isConfirmation ? true : nil)
            writer.field("arrived", attempt.hasArrived ? true : nil)
            writer.field("checks", attempt.checks)
            writer.field("withdrawals", attempt.withdrawals > 0 ? Int64(attempt.withdrawals) : nil)
            writer.field("left", attempt.wasLeft ? true : nil)
            writer.field("quarantine_end", attempt.quarantineEnd)
            writer.list("disputes", attempt.disputes) { writer, kind in writer.field("kind", kind.rawValue) }
            writer.list("history", attempt.history) { writer, step in
                writer.field("state", step.state.rawValue)
                writer.field("at", step.at)
                writer.field("cause", step.cause)
            }
        }
    }

    /// The request's bytes and what the payer is asked to do: must be sealed.
    ///
    /// `nil` if there is neither.
    package static func secret(_ attempt: Attempt) -> [UInt8]? {
        guard attempt.request != nil || !attempt.actions.isEmpty || attempt.activePromptLock != nil else { return nil }
        return JSONObjectWriter.object { writer in
            writer.object("request", attempt.request, WireCoding.write)
            writer.list("actions", attempt.actions, WireCoding.write)
            writer.field("prompt_lock", attempt.activePromptLock)
        }
    }

    private static func write(_ writer: inout JSONObjectWriter, _ refusal: Refusal) {
        writer.field("reason", refusal.reason.rawValue)
        writer.field("provider_code", refusal.providerCode)
        writer.field("definitive", refusal.isDefinitive)
        writer.field("needs_check", refusal.needsCheck ? true : nil)
    }

    private static func write(_ writer: inout JSONObjectWriter, _ transmission: Transmission) {
        writer.field("ordinal", transmission.ordinal)
        writer.field("send_not_after", transmission.sendNotAfter)
        writer.field("timeout", transmission.timeoutMilliseconds)
        writer.field("started_at", transmission.startedAt)
        writer.field("ended_at", transmission.endedAt)
        writer.field("gate_opened", transmission.gateOpened)
        writer.field("curl_code", transmission.curlCode.map(Int64.init))
        writer.field("http_status", transmission.httpStatus.map(Int64.init))
    }
}
