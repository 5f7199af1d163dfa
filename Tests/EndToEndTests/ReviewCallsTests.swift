import Foundation
import Router
import RouterTestKit
import SQLiteStore
import Testing

@testable import Host

/// Reviews over the calls that apps and the command line make, with the sandbox operators' books as the judge.
@Suite(.timeLimit(.minutes(10))) struct ReviewCallsTests {
    /// A payout whose answer was lost, at an operator that cannot be asked.
    private func lostPayout(_ router: RunningRouter, executes: Bool = true) async throws -> String {
        let fault: JSONValue = [
            "operator": "paygate", "operation": "payout", "count": 1,
            "fault": executes ? "drop_after" : "drop_before",
        ]
        #expect(await router.sandbox("PUT", "/_faults", fault) == 200)
        let body: JSONValue = [
            "amount": 4_321, "currency": "XOF", "channel": "flooz", "party": ["phone": "+22896000001"],
            "reference": .string("salary-" + UUID().uuidString),
        ]
        let made = await router.call("POST", "/v1/payouts", body, idempotencyKey: UUID().uuidString)
        let id = try #require(made.json["id"]?.stringValue)
        let waiting = await router.follow(path: "/v1/payouts/\(id)", polls: 15) { $0["status"] == "under_review" }
        #expect(waiting["status"] == "under_review" && waiting["certainty"] == "unknown")
        return id
    }

    @Test func `two people end what nobody can be asked about`() async throws {
        let router = try await RunningRouter()
        let id = try await lostPayout(router)
        let (anna, ben) = (await router.addPerson("anna"), await router.addPerson("ben"))
        // Apps see their own, people see what they need.
        let own = await router.call("GET", "/v1/reviews").json
        #expect(own["data"]?.arrayValue?.map { $0["order"] } == [.string(id)])
        let whole = await router.admin("GET", "/reviews/\(id)").json
        #expect(whole["money_at_risk"] == 4_321 && whole["next_step"]?.stringValue?.hasPrefix("none") == true)
        #expect(whole["question"]?.stringValue?.contains("pay 4321 XOF") == true)
        #expect(whole["question"]?.stringValue?.contains("+22896000001") == false, "no phone in clear")
        // Wrong ways change nothing and say what would be right.
        for (answer, status, words) in [
            (await router.sign(id, "executed", as: "anna", token: anna), 400, "--operator-reference"),
            (await router.sign(id, "executed", as: "anna", token: ben, reference: "P-1"), 403, "people list"),
            (await router.sign(id, "executed", as: "nobody", token: anna, reference: "P-1"), 403, "people list"),
            (await router.sign(id, "not_executed", as: "anna", token: anna), 409, "may still be executed"),
            (await router.sign(id, "split", as: "anna", token: anna), 400, "/amount"),
            (await router.sign(id, "split", as: "anna", token: anna, amount: 4_321), 400, "--amount"),
            (await router.sign(id, "executed", as: "anna", token: anna, reference: "  "), 400, "/operator_reference"),
            (
                await router.sign(id, "executed", as: "anna", token: anna, reference: "P\u{200B}1"), 400,
                "transaction id"
            ),
            (await router.sign(id, "split", as: "anna", token: anna, amount: 43_210), 400, "--more-than-asked"),
            (await router.sign(id, "perhaps", as: "anna", token: anna), 400, "executed, not_executed or split"),
            (
                await router.sign("po_01M8FZG3PMPCBFMNK7RJHV97NN", "executed", as: "anna", token: anna), 404,
                "reviews list"
            ),
        ] {
            #expect(answer.status == status, "\(answer.json)")
            #expect(answer.json.jsonText.contains(words), "\(answer.json)")
        }
        let first = await router.sign(id, "executed", as: "anna", token: anna, reference: " P-1 ")
        #expect(first.status == 200 && first.json["resolved"] == false)
        let again = await router.sign(id, "executed", as: "anna", token: anna, reference: "P-1")
        #expect(again.status == 409 && again.json["detail"]?.stringValue?.contains("another person") == true)
        let shown = await router.admin("GET", "/reviews/\(id)").json
        #expect(shown["signed"]?.arrayValue?.first?["person"] == "anna")
        // Who finds another thing hears what the first one found.
        let other = await router.sign(id, "split", as: "ben", token: ben, amount: 4_000)
        #expect(other.json["resolved"] == false)
        let said = other.json["signed"]?.arrayValue?.map { [$0["person"], $0["finding"]] }
        #expect(said == [["anna", "executed"], ["ben", "split"]])
        let second = await router.sign(id, "executed", as: "ben", token: ben, reference: "P-1")
        #expect(second.json["resolved"] == true && second.json["status"] == "succeeded")
        // In the payout, its timeline, its events and the ledger.
        let payout = await router.call("GET", "/v1/payouts/\(id)").json
        #expect(payout["status"] == "succeeded" && payout["review"] == .null)
        let evidence = payout["timeline"]?.arrayValue?.last { $0["source"] == "person" }
        #expect(evidence?["detail"] == "signed by anna and ben; document mail 17")
        let events = await router.call("GET", "/v1/events?order=\(id)").json["data"]?.arrayValue ?? []
        let types = Set(events.compactMap { $0["type"]?.stringValue })
        #expect(types.isSuperset(of: ["payout.review_resolved", "payout.succeeded"]))
        let aggregate = try #require(try await router.host.store.orderAggregate(OrderID(known: id)))
        let lines = try await router.host.store.postings(aggregate.order.movement)
        #expect(lines.map(\.amount.minorUnits) == [4_321])
        #expect(try await router.host.store.fullCheck() == [])
        #expect(await router.call("GET", "/v1/reviews").json["data"] == [])
        // The same reference, in whichever spelling, proves nothing else; the first signature hears of it.
        let another = try await lostPayout(router)
        for reference in ["P-1", " P-1"] {
            let taken = await router.sign(another, "executed", as: "anna", token: anna, reference: reference)
            #expect(taken.status == 409 && taken.json["detail"]?.stringValue?.contains("another attempt") == true)
        }
        #expect(await router.sign(another, "executed", as: "anna", token: anna, reference: "p-1").status == 200)
        #expect(await router.sign(another, "executed", as: "ben", token: ben, reference: "p-1").status == 409)
        let open = await router.call("GET", "/v1/payouts/\(another)").json
        #expect(open["status"] == "under_review", "a small letter makes no other reference")
        await router.stop()
    }

    @Test func `a person who was revoked signs nothing`() async throws {
        let router = try await RunningRouter()
        let id = try await lostPayout(router)
        let (anna, ben) = (await router.addPerson("anna"), await router.addPerson("ben"))
        #expect(await router.sign(id, "executed", as: "anna", token: anna, reference: "P-1").status == 200)
        #expect(await router.admin("POST", "/people/revoke", ["name": "anna"]).status == 200)
        #expect(await router.sign(id, "executed", as: "anna", token: anna, reference: "P-1").status == 403)
        #expect(await router.sign(id, "executed", as: "ben", token: ben, reference: "P-1").json["resolved"] == false)
        #expect(
            await router.admin("POST", "/people", ["name": "Anna"]).status == 409, "a name is one person's for ever")
        let cleo = await router.addPerson("cleo")
        #expect(await router.sign(id, "executed", as: "cleo", token: cleo, reference: "P-1").json["resolved"] == true)
        await router.stop()
    }

    @Test func `another app sees nothing`() async throws {
        let router = try await RunningRouter()
        _ = try await lostPayout(router)
        let other = await router.admin("POST", "/apps", ["name": "Other", "environment": "sandbox"]).json
        let key = try #require(other["new_keys"]?.arrayValue?.first?.stringValue)
        #expect(await router.call("GET", "/v1/reviews", key: key).json["data"] == [])
        #expect(await router.call("GET", "/v1/reviews", key: nil).status == 401)
        await router.stop()
    }

    /// Paid all the same after the operator had told that the session was over.
    @Test func `a late success is told listed counted and given back`() async throws {
        let router = try await RunningRouter()
        let made = await router.create([
            "amount": 5_000, "currency": "XOF", "channel": "tmoney-online",
            "return_urls": ["success": "https://shop.example/s", "failure": "https://shop.example/f"],
        ])
        let id = try #require(made.json["id"]?.stringValue)
        let reference = try #require(made.json["next_action"]?["fields"]?["purchaseref"]?.stringValue)
        func tell(_ words: String) async -> Int {
            await router.call(
                "GET", "/callbacks/tmoney-online-tg?purchaseref=\(reference)&amount=5000&currency=952&" + words,
                key: nil
            ).status
        }
        #expect(await tell("status=NOK&error=EXPIRED_SESSION") == 200)
        _ = await router.follow(id) { $0["status"] == "failed" }
        #expect(await tell("status=OK&error=&payid=LATE-77") == 200)
        let told = await router.follow(id) { $0["certainty"] == "disputed" }
        #expect(told["status"] == "failed" && told["certainty"] == "disputed")
        #expect(told["review"]?["reason"] == "discrepancy")
        #expect(told["discrepancies"]?.arrayValue?.first?["kind"] == "late_success")
        #expect(told["amount_collected"] == 0 && told["amount_refundable"] == 5_000)
        // Nobody is told that nothing was taken, or that trying again is safe.
        #expect(told["failure"]?["message_for_payer"]?.stringValue?.contains("taken after all") == true)
        #expect(told["failure"]?["retryable"] == false)
        let events = await router.call("GET", "/v1/events?order=\(id)&type=payment.discrepancy").json
        #expect(events["data"]?.arrayValue?.count == 1)
        for filter in ["open", "discrepancy"] {
            let list = await router.call("GET", "/v1/payments?review=\(filter)").json
            #expect(list["data"]?.arrayValue?.map { $0["id"] } == [.string(id)])
        }
        #expect(await router.call("GET", "/v1/payments?review=conflict").json["data"] == [])
        #expect(await router.call("GET", "/v1/payments?review=lost").status == 400)
        #expect(router.logs.text.contains("\"kind\":\"discrepancy\""))
        let metrics = await router.metrics
        #expect(metrics.contains("payrouter_discrepancies_total{kind=\"late_success\"} 1"))
        #expect(metrics.contains("payrouter_reviews_open{reason=\"discrepancy\"} 1"))
        await router.stop()
    }
}
