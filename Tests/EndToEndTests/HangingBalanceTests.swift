import Foundation
import Testing

@testable import Host
@testable import Router

/// A balance call that hangs at a real socket.
@Suite("A balance call that hangs", .timeLimit(.minutes(5)))
struct HangingBalanceTests {
    @Test("payouts are accepted while it is still held open")
    func payouts() async throws {
        let router = try await RunningRouter()
        for name in ["tmoney", "card"] {
            let fault: JSONValue = [
                "operator": .string(name), "operation": "balance", "count": 100, "fault": "delay",
                "milliseconds": 600_000,
            ]
            #expect(await router.sandbox("PUT", "/_faults", fault) == 200)
        }
        let engine = router.host.engine
        for number in 0..<6 {
            let payout: JSONValue = [
                "amount": JSONValue(Int64(700 + number)), "currency": "XOF", "channel": "tmoney",
                "party": ["phone": "+22890000001"],
            ]
            let made = await router.call("POST", "/v1/payouts", payout, idempotencyKey: UUID().uuidString)
            #expect([201, 202].contains(made.status), "\(made.json.jsonText)")
            // Its own time limit of a quarter of a minute has not come yet: nobody waited for it.
            #expect(engine.balanceQuestions.askedAt("tmoney-tg") != nil, "the call is not held open any more")
        }
        #expect(engine.balanceQuestions.askedAt("card-main") == nil, "who is no candidate is not asked")
        await router.stop()
    }
}
