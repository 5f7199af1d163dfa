import Foundation
import Router
import RouterTestKit
import SQLiteStore
import Testing

@testable import Host

/// An operator without signatures says more than one thing about a transaction, under one id of its own.
@Suite("Notifications with one payment id", .timeLimit(.minutes(10)))
struct RepeatedPayIDTests {
    /// A payment of TMoney Online and what its operator says.
    private struct Told {
        var router: RunningRouter
        var id: String
        var reference: String

        init(_ router: RunningRouter) async throws {
            self.router = router
            let made = await router.create(["amount": 5_000, "currency": "XOF", "channel": "tmoney-online"])
            id = try #require(made.json["id"]?.stringValue)
            reference = try #require(made.json["attempts"]?.arrayValue?.first?["reference"]?.stringValue)
        }

        func tell(_ words: String, amount: Int = 5_000) async {
            let query = "purchaseref=\(reference)&amount=\(amount)&currency=952&\(words)"
            let answer = await router.call("GET", "/callbacks/tmoney-online-tg?\(query)", key: nil)
            #expect(answer.status == 200)
        }

        func follow(_ isEnough: (JSONValue) -> Bool) async -> JSONValue {
            await router.follow(path: "/v1/payments/\(id)", polls: 15, until: isEnough)
        }
    }

    @Test
    func `a success after the end with the same id is a late success, and a refusal after a success a late failure`()
        async throws
    {
        let router = try await RunningRouter()
        let late = try await Told(router)
        await late.tell("status=NOK&error=EXPIRED_SESSION&payid=P7")
        _ = await late.follow { $0["status"] == "failed" }
        await late.tell("status=OK&error=&payid=P7")
        let told = await late.follow { $0["certainty"] == "disputed" }
        #expect(told["status"] == "failed" && told["discrepancies"]?.arrayValue?.first?["kind"] == "late_success")
        #expect(told["amount_refundable"] == 5_000)

        let gone = try await Told(router)
        await gone.tell("status=OK&error=&payid=P8")
        _ = await gone.follow { $0["status"] == "succeeded" }
        await gone.tell("status=NOK&error=CANCEL&payid=P8")
        let lost = await gone.follow { $0["certainty"] == "disputed" }
        #expect(lost["status"] == "succeeded" && lost["discrepancies"]?.arrayValue?.first?["kind"] == "late_failure")

        // Told at once, in whichever order they are read, the contradiction is heard of.
        let both = try await Told(router)
        async let first: Void = both.tell("status=NOK&error=EXPIRED_SESSION&payid=P9")
        async let second: Void = both.tell("status=OK&error=&payid=P9")
        _ = await (first, second)
        let disputed = await both.follow { $0["certainty"] == "disputed" }
        #expect(disputed["certainty"] == "disputed", "\(disputed["status"]?.jsonText ?? "")")
        await router.stop()
    }

    @Test
    func `a success while the refused page can still be paid is simply a success, whatever the ids`() async throws {
        let router = try await RunningRouter()
        for (number, ids) in [("payid=A1", "payid=A2"), ("payid=A3", "payid=A3"), ("", "payid=A4")].enumerated() {
            let paid = try await Told(router)
            await paid.tell("status=NOK&error=AUTHENTICATION&" + ids.0)
            let held = await router.follow(path: "/v1/payments/\(paid.id)", polls: 2) { $0["status"] == "failed" }
            #expect(held["status"] == "awaiting_customer" && held["review"] == .null, "\(number)")
            await paid.tell("status=OK&error=&" + ids.1)
            let end = await paid.follow { $0["status"] == "succeeded" }
            #expect(end["status"] == "succeeded" && end["certainty"] == "confirmed" && end["review"] == .null)
        }
        // The refused try, told only after the paid one.
        let late = try await Told(router)
        await late.tell("status=OK&error=&payid=B2")
        _ = await late.follow { $0["status"] == "succeeded" }
        for words in ["CANCEL&payid=B1", "PAYMENT_FAILED&payid="] { await late.tell("status=NOK&error=" + words) }
        let end = await router.follow(path: "/v1/payments/\(late.id)", polls: 2) { $0["certainty"] == "disputed" }
        #expect(end["status"] == "succeeded" && end["certainty"] == "confirmed" && end["review"] == .null)
        await router.stop()
    }

    @Test
    func `the right amount after a wrong one counts; the same words twice have one effect`() async throws {
        let router = try await RunningRouter()
        let paid = try await Told(router)
        for _ in 0..<2 { await paid.tell("status=OK&error=&payid=P1&paymentref=R1", amount: 4_000) }
        #expect(await paid.follow { $0["status"] == "under_review" }["status"] == "under_review")
        for _ in 0..<2 { await paid.tell("status=OK&error=&payid=P1&paymentref=R1") }
        let end = await paid.follow { $0["status"] == "succeeded" }
        #expect(end["status"] == "succeeded" && end["certainty"] == "confirmed" && end["review"] == .null)
        let aggregate = try #require(try await router.host.store.orderAggregate(OrderID(known: paid.id)))
        #expect(try await router.host.store.postings(aggregate.order.movement).count == 1)
        await router.stop()
    }

    @Test(arguments: ["payid=P1", "payid=P1&paymentref=R2"])
    func `an id that was another payment's proves nothing by itself, and is kept for people`(
        _ second: String
    ) async throws {
        let router = try await RunningRouter()
        let one = try await Told(router)
        await one.tell("status=OK&error=&payid=P1&paymentref=R1")
        #expect(await one.follow { $0["status"] == "succeeded" }["status"] == "succeeded")
        let two = try await Told(router)
        await two.tell("status=OK&error=&" + second)
        let waiting = await two.follow { $0["status"] == "under_review" }
        #expect(waiting["status"] == "under_review", "\(waiting["status"]?.jsonText ?? "")")
        let heard = waiting["timeline"]?.arrayValue?.contains { $0["source"] == "callback" }
        #expect(heard == true, "the notification stands in the timeline")
        // A refusal needs no new id.
        let three = try await Told(router)
        await three.tell("status=NOK&error=EXPIRED_SESSION&payid=P1")
        #expect(await three.follow { $0["status"] == "failed" }["status"] == "failed")
        await router.stop()
    }
}
