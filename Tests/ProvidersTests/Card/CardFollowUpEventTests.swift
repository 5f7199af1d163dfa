import Crypto
import Router
import Testing

@testable import Providers

/// Events of what follows a payment.
extension CardFollowUpTests {
    @Test
    func `events of refunds: ours are evidence, also when they fail later; others are told of`() {
        let ours = "reference(\"\(Self.reference)\")"
        #expect(verdict("refund.created", Self.refund("pending")) == "\(ours) pending wait operator=re_1")
        #expect(verdict("refund.updated", Self.refund("succeeded")).hasPrefix("\(ours) succeeded"))
        let failed = Self.refund("failed", ["failure_reason": "expired_or_canceled_card"])
        for type in ["refund.failed", "refund.updated", "charge.refund.updated"] {
            #expect(verdict(type, failed) == "\(ours) rejected account_unavailable (expired_or_canceled_card)")
        }
        let foreign = Self.refund("succeeded", ["metadata": [:], "reason": "requested_by_customer"])
        #expect(
            verdict("refund.created", foreign)
                == "refunded_elsewhere operatorReference(\"pi_123\") re_1 2000 USD requested_by_customer")
        let charged = Self.refund("succeeded", ["metadata": [:], "payment_intent": nil])
        #expect(
            verdict("refund.created", charged, charges).hasPrefix("refunded_elsewhere operatorReference(\"ch_1\") re_1")
        )
        #expect(verdict("refund.updated", foreign) == "ignored evt_7")
        #expect(verdict("charge.refunded", charge(captured: true)) == "ignored evt_7")
    }

    @Test(arguments: [
        ("charge.dispute.created", "needs_response", "dispute_opened"),
        ("charge.dispute.updated", "under_review", "dispute_updated"),
        ("charge.dispute.funds_withdrawn", "needs_response", "dispute_updated"),
        ("charge.dispute.funds_reinstated", "won", "dispute_updated"),
        ("charge.dispute.closed", "won", "dispute_won"), ("charge.dispute.closed", "lost", "dispute_lost"),
        ("charge.dispute.closed", "warning_closed", "dispute_updated"),
    ])
    func `every event of a dispute`(type: String, status: String, kind: String) {
        let dispute: JSONValue = [
            "id": "dp_1", "object": "dispute", "amount": 5_000, "currency": "usd", "charge": "ch_1",
            "payment_intent": "pi_123", "reason": "fraudulent", "status": .string(status),
        ]
        #expect(verdict(type, dispute) == "\(kind) operatorReference(\"pi_123\") dp_1 5000 USD fraudulent")
        #expect(verdict(type, dispute, charges) == "\(kind) operatorReference(\"ch_1\") dp_1 5000 USD fraudulent")
        #expect(verdict(type, ["id": "dp_1"]) == "refused malformed")
    }

    @Test
    func `events of holds speak of the hold, or of its capture`() {
        let held = "reference(\"\(Sample.reference)\")"
        let ours: JSONValue = ["reference": .string(Sample.reference), "capture": .string(Self.reference)]
        #expect(
            verdict("payment_intent.amount_capturable_updated", intent("requires_capture"))
                == "\(held) succeeded reference=\(Sample.reference) units=5000 currency=USD operator=pi_123")
        #expect(verdict("payment_intent.amount_capturable_updated", intent("succeeded")) == "ignored evt_7")
        #expect(
            verdict("payment_intent.succeeded", intent("succeeded", ["metadata": ours]))
                == "reference(\"\(Self.reference)\") succeeded reference=\(Self.reference) units=2000 currency=USD")
        #expect(verdict("payment_intent.succeeded", intent("succeeded")) == "ignored evt_7")
        #expect(verdict("payment_intent.canceled", intent("canceled")) == "ignored evt_7")
        let declined = intent(
            "canceled", ["last_payment_error": ["code": "card_declined"], "cancellation_reason": "abandoned"])
        #expect(verdict("payment_intent.canceled", declined) == "\(held) rejected expired (abandoned)")
        #expect(
            verdict("charge.succeeded", charge(captured: false), charges)
                == "\(held) unknown unlisted (charge.succeeded) (a hint)")
        #expect(verdict("charge.captured", charge(captured: true), charges).hasPrefix("\(held) succeeded"))
    }
}
