/// An order as records: what never changes, what changes, and of each the part that must be sealed.
///
/// What engines search or compare by (ids, app, environment, status, version, timer, movement, ...) are columns and is in
/// none of these.
package enum OrderCoding {
    /// The route and the terms: written once, holds nothing about the payer.
    package static func body(_ order: Order) -> [UInt8] {
        JSONObjectWriter.object { writer in
            let request = order.request
            writer.field("amount", request.amount.minorUnits)
            writer.field("currency", request.amount.currency.code)
            writer.list("channels", request.channels.map(\.text))
            writer.field("expires_in", request.expiresInSeconds)
            writer.field("captures_later", request.capturesLater ? true : nil)
            writer.field("hosted", request.isHosted ? true : nil)
            writer.field("default_country", request.defaultCountry)
            writer.field("repeat_of", request.repeatOf?.text)
            writer.field("needs_acceptance", request.needsAcceptance ? true : nil)
            writer.field("page_end", order.pageEnd)
            writer.list("plan", order.firstPlan, write)
            writer.field("explanation", order.explanation)
        }
    }

    /// The payer and the caller's free texts: written once, must be sealed.
    package static func secretBody(_ order: Order) -> [UInt8] {
        JSONObjectWriter.object { writer in
            let request = order.request
            writer.object("phone", request.customer.phone, write)
            writer.field("email", request.customer.email)
            writer.field("name", request.customer.name)
            writer.field("token", request.sourceToken?.reveal())
            writer.field("description", request.description)
            writer.field("success_url", request.returnURLs.success)
            writer.field("failure_url", request.returnURLs.failure)
            writer.field("cancel_url", request.returnURLs.cancel)
            writer.field("request_id", request.callersRequestID)
            writer.field("language", request.language)
            writer.field("shop", request.shop)
            writer.object("follow_up", request.followUp, FollowUpCoding.write)
            writer.list("metadata", request.metadata.sorted { $0.key < $1.key }) { writer, entry in
                writer.field("key", entry.key)
                writer.field("value", entry.value)
            }
        }
    }

    private static func write(_ writer: inout JSONObjectWriter, _ phone: MSISDN) {
        writer.field("calling_code", phone.callingCode)
        writer.field("country", phone.countryCode)
        writer.field("national", phone.national)
    }

    private static func write(_ writer: inout JSONObjectWriter, _ candidate: Candidate) {
        writer.field("provider", candidate.provider.text)
        writer.field("channel", candidate.channel.text)
    }

    /// What changes and is not searched by.
    package static func state(_ order: Order) -> [UInt8] {
        JSONObjectWriter.object { writer in
            writer.field("certainty", order.certainty.rawValue)
            writer.object("failure", order.failure) { writer, failure in
                writer.field("code", failure.code)
                writer.field("blame", failure.blame.rawValue)
                writer.field("provider_code", failure.providerCode)
                writer.field("retryable", failure.retryable)
            }
            writer.field("cancel_requested_at", order.cancelRequestedAt)
            writer.field("change_requested_at", order.changeRequestedAt)
            writer.object("review", order.review) { writer, review in
                writer.field("reason", review.reason.rawValue)
                writer.field("since", review.since)
            }
            if !order.disputes.isEmpty { writer.list("disputes", order.disputes, ReviewCoding.write) }
            writer.field("awaits_input", order.awaitsInput ? true : nil)
            writer.field("asks_channel", order.asksChannel ? true : nil)
            writer.field("accepted_at", order.acceptedAt)
            writer.field("accept_by", order.acceptBy)
            writer.field("code_refusals", order.codeRefusals > 0 ? Int64(order.codeRefusals) : nil)
            writer.field("code_asked_at", order.codeAskedAt)
            if !order.followUps.isEmpty { writer.list("follow_ups", order.followUps, FollowUpCoding.write) }
            writer.field("held_until", order.heldUntil)
            writer.field("lapsed_at", order.lapsedAt)
            if !order.notices.isEmpty { writer.list("notices", order.notices, FollowUpCoding.write) }
        }
    }

    /// What the payer is asked to do, links included: changes, must be sealed.
    ///
    /// `nil` if there is nothing.
    package static func secretState(_ order: Order) -> [UInt8]? {
        let signatures = order.review?.signatures ?? []
        guard !order.nextActions.isEmpty || !order.inputActions.isEmpty || order.choice != nil || !signatures.isEmpty
        else { return nil }
        return JSONObjectWriter.object { writer in
            writer.list("actions", order.nextActions, WireCoding.write)
            writer.list("input_actions", order.inputActions, WireCoding.write)
            writer.object("choice", order.choice) { writer, choice in
                writer.list("plan", choice.plan, write)
                writer.object("phone", choice.phone, write)
            }
            if !signatures.isEmpty { writer.list("signatures", signatures, ReviewCoding.write) }
        }
    }
}
