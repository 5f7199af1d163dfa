import Foundation
import Testing

@testable import Host
@testable import Router

/// A balance call that hangs at a real socket.
@Suite("A balance call that hangs", .timeLimit(.minutes(5)))
struct HangingBalanceTests {
    @Test
    func `payouts are accepted while it is still held open, and only where they may go is asked`() async throws {
        let router = try await RunningRouter()
        for name in ["mtn-momo", "card"] {
            let fault: JSONValue = [
                "operator": .string(name), "operation": "balance", "count": 100, "fault": "delay",
                "milliseconds": 600_000,
            ]
            #expect(await router.sandbox("PUT", "/_faults", fault) == 200)
        }
        let engine = router.host.engine
        func pay(_ number: Int, _ currency: String, _ channel: String, _ phone: String) async {
            let payout: JSONValue = [
                "amount": JSONValue(Int64(700 + number)), "currency": .string(currency), "channel": .string(channel),
                "party": ["phone": .string(phone)],
            ]
            let made = await router.call("POST", "/v1/payouts", payout, idempotencyKey: UUID().uuidString)
            #expect([201, 202].contains(made.status), "\(made.json.jsonText)")
        }
        for number in 0..<3 { await pay(number, "XOF", "tmoney", "+22890000001") }
        #expect(
            engine.parts.balanceQuestions.askedAt("mtn-cm") == nil
                && engine.parts.balanceQuestions.askedAt("card-main") == nil)
        for number in 0..<6 {
            await pay(number, "XAF", "mtn-momo", "+237670000001")
            // Its own time limit has not come yet: nobody waited for it.
            #expect(engine.parts.balanceQuestions.askedAt("mtn-cm") != nil, "the call is not held open any more")
        }
        #expect(try await router.sandboxRequests("balance", of: "mtn-momo") == 1)
        #expect(try await router.sandboxRequests("get_balance", of: "card") == 0)
        await router.stop()
    }
}
