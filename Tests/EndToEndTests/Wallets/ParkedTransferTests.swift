import Foundation
import Router
import Testing

@testable import Host

/// A transfer that can neither be paid out nor given back waits for people, who end it or try again.
@Suite("Parked transfers", .timeLimit(.minutes(10))) struct ParkedTransferTests {
    @Test
    func `it is shown with what is in suspense, and tried again by somebody with a name`() async throws {
        let (router, id) = try await parked()
        let token = await router.addPerson("Ama")
        let followed = await router.control("/transfers/\(id)")
        #expect(followed["suspense"] == 3, "\(followed.jsonText)")
        #expect(followed["legs"]?.arrayValue?.count == 3)
        let shown = TransferText.whole(followed)
        for words in ["in suspense", "3 XAF", "debit: pay_", "credit: po_", "compensation: re_", "transfer_parked"] {
            #expect(shown.contains(words), "\(words): \(shown)")
        }
        let list = await router.control("/reviews")["data"]?.arrayValue ?? []
        #expect(list.map { $0["order"] } == [.string(id)] && list.first?["money_at_risk"] == 3)
        let review = ReviewText.whole(await router.control("/reviews/\(id)"))
        for words in ["transfer_parked", "3 XAF", "payrouter transfers retry \(id)", "nobody yet", "compensation"] {
            #expect(review.contains(words), "\(words): \(review)")
        }
        #expect(!review.contains("did you"), "no operator is asked: \(review)")
        let stranger = await router.admin("POST", "/transfers/\(id)/retry", ["as": "Ama", "token": "pt_0"])
        #expect(stranger.status == 403)
        let tried = await router.admin("POST", "/transfers/\(id)/retry", ["as": "Ama", "token": .string(token)])
        #expect(tried.status == 200, "\(tried.json.jsonText)")
        let parked = await router.followTransfer(id) { $0["legs"]?.arrayValue?.count == 4 && $0["phase"] == "parked" }
        #expect(parked["phase"] == "parked", "the operator refuses again: \(parked.jsonText)")
        let francs = try #require(Currency(code: "XAF"))
        let left = try await router.host.store.balance(of: LedgerAccount("suspense:\(id)"), in: francs)
        #expect(left?.posted == 3)
        #expect(router.logs.text.contains("transfer_retried"))
        await router.stop()
    }

    @Test
    func `two people end it by what they did outside the router`() async throws {
        let (router, id) = try await parked()
        for person in ["Ama", "Kofi"] {
            let token = await router.addPerson(person)
            let signed = await router.sign(id, "executed", as: person, token: token)
            #expect(signed.status == 200, "\(signed.json.jsonText)")
            #expect(signed.json["resolved"]?.boolValue == (person == "Kofi"))
        }
        let ended = await router.followTransfer(id)
        #expect(ended["status"] == "succeeded" && ended["phase"] == "done")
        #expect(await router.control("/transfers/\(id)")["suspense"] == 0)
        let token = await router.addPerson("Afi")
        let late = await router.admin("POST", "/transfers/\(id)/retry", ["as": "Afi", "token": .string(token)])
        #expect(late.status == 409, "\(late.json.jsonText)")
        let postings = await router.call("GET", "/v1/ledger/postings?order=\(id)").json["data"]?.arrayValue ?? []
        #expect(postings.last?["kind"] == "adjustment", "\(postings)")
        let events = await router.call("GET", "/v1/events?order=\(id)").json["data"]?.arrayValue ?? []
        #expect(events.contains { $0["type"] == "transfer.review_resolved" })
        await router.stop()
    }

    /// A transfer whose recipient's operator declines it, and whose sender's operator has no money for the refund.
    private func parked() async throws -> (RunningRouter, String) {
        let router = try await RunningRouter()
        var body = try #require(
            TransferTests.between(("mtn-momo", "+237670000001"), ("mtn-momo", "+237670000004"), 3).objectValue)
        body["currency"] = "XAF"
        let sent = await router.transfer(.object(body))
        let id = try #require(sent.json["id"]?.stringValue, "\(sent.json.jsonText)")
        let parked = await router.followTransfer(id, polls: 60) { $0["phase"] == "parked" }
        #expect(parked["phase"] == "parked" && parked["status"] == "under_review", "\(parked.jsonText)")
        #expect(parked["review"]?["reason"] == "transfer_parked")
        return (router, id)
    }
}
