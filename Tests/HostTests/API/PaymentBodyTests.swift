import Host
import Router
import Testing

@Suite("A payment's body without an engine")
struct PaymentBodyTests {
    private func checked(_ body: String) throws(Problem) -> OrderRequest {
        try PaymentBody.checked(
            APIRequest(
                method: "POST", path: "/v1/payments", headers: [("content-type", "application/json")],
                body: Array(body.utf8), id: RequestID.none), channels: ["tmoney"])
    }

    @Test func `what is asked for is read and typed`() throws {
        let request = try checked(
            #"{"amount": 5000, "currency": "XOF", "channel": "tmoney", "customer": {"phone": "+22890112233"}}"#)
        #expect(request.amount == Money(5_000, .xof))
        #expect(request.channels == ["tmoney"])
        #expect(request.customer.phone?.e164 == "+22890112233")
    }

    @Test func `a member that nobody knows is refused, as the call refuses it`() {
        #expect(throws: Problem.self) {
            try checked(#"{"amount": 5000, "currency": "XOF", "channel": "tmoney", "colour": "red"}"#)
        }
    }
}
