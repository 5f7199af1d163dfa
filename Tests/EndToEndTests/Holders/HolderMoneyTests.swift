import Foundation
import Router
import Testing

@testable import Host

/// Whose money it is: a holder's own, and nobody else's.
@Suite("Holders' money", .timeLimit(.minutes(10))) struct HolderMoneyTests {
    @Test func `a holder reads only what is the holder's`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890140001")
        let ben = try await router.holder("ben", phone: "+22890140002")
        let eve = try await router.holder("eve", phone: "+22890140003")
        let topUp = try await router.topUp(ama, 10_000)
        let sent = try await ama.perform(
            "transfer", "transfers", ["to": ["user": "ben"], "amount": 1_000, "currency": "XOF", "reference": "r-1"])
        let transfer = try #require(sent.json["id"]?.stringValue, "\(sent.json.jsonText)")
        let shop = await router.create([
            "amount": 500, "currency": "XOF", "channel": "tmoney", "customer": ["phone": "+22890000001"],
        ])
        let foreign = shop.json["id"]?.stringValue ?? ""
        for (holder, order, isOwn) in [
            (ama, topUp, true), (ama, transfer, true), (ben, transfer, true), (ben, topUp, false), (eve, topUp, false),
            (eve, transfer, false), (ama, foreign, false), (ama, "pay_x", false), (ama, "", false),
        ] {
            let read = await holder.call("GET", "/v1/wallet/orders/\(order)")
            #expect(read.status == (isOwn ? 200 : 404), "\(holder.username) \(order): \(read.json.jsonText)")
            let text = read.json.jsonText
            for hidden in ["provider", "attempts", "route", "timeline", "metadata", "environment"] {
                #expect(!text.contains("\"\(hidden)\""), "\(hidden)")
            }
            guard !isOwn, !order.isEmpty else { continue }
            #expect(await holder.call("POST", "/v1/wallet/orders/\(order)/cancel").status == 404)
        }
        let other = await ben.call("GET", "/v1/wallet/history?wallet=\(ama.wallet)")
        #expect(other.status == 422 && other.json["code"] == "wallet_unusable")
        let theirs = await ben.ask(
            "transfer", ["to": ["user": "eve"], "amount": 1, "currency": "XOF", "wallet": .string(ama.wallet)])
        #expect(theirs.status == 422 && theirs.json["errors"]?.arrayValue?.first?["pointer"] == "/for/wallet")
        let line = await ben.call("GET", "/v1/wallet/history").json["data"]?.arrayValue?.first
        #expect(line?["counterparty"] == "Ama Kossi" && line?["amount"] == 1_000, "\(line?.jsonText ?? "")")
        let found = await eve.call("GET", "/v1/wallet/recipients?user=ben")
        #expect(found.json["name"] == "Ben Kossi" && !found.json.jsonText.contains("9014"))
        // Orders of all holders are of one app; their numbers are their own all the same.
        try await router.topUp(eve, 5_000)
        let same: JSONValue = ["to": ["user": "ben"], "amount": 200, "currency": "XOF", "reference": "r-1"]
        #expect(try await eve.perform("transfer", "transfers", same).status == 201)
        let twice = try await eve.perform("transfer", "transfers", same)
        #expect(twice.status == 409 && twice.json["code"] == "possible_duplicate", "\(twice.json.jsonText)")
        await router.stop()
    }

    @Test func `bills: found by their code, taken back by their issuer alone`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890140004")
        let ben = try await router.holder("ben", phone: "+22890140005")
        let made = try await ben.perform(
            "bill_creation", "bills",
            [
                "name": "Rent", "amount": 700, "currency": "XOF", "recipient": "ama", "reference": "own-1",
                "due_date": "2026-12-31",
            ])
        let code = try #require(made.json["code"]?.stringValue, "\(made.json.jsonText)")
        #expect(made.status == 201 && made.header("location") == "/v1/wallet/bills/\(code)")
        let seen = await ama.call("GET", "/v1/wallet/bills/\(code.lowercased().replacing("-", with: ""))")
        #expect(seen.json["from"] == "Ben Kossi" && seen.json["id"] == nil && seen.json["reference"] == nil)
        #expect(await ben.call("GET", "/v1/wallet/bills/\(code)").json["reference"] == "own-1")
        for (holder, side, count) in [
            (ama, "received", 1), (ama, "issued", 0), (ben, "issued", 1), (ben, "received", 0),
        ] {
            let list = await holder.call("GET", "/v1/wallet/bills?side=\(side)&state=open")
            #expect(list.json["data"]?.arrayValue?.count == count, "\(holder.username) \(side)")
        }
        let stolen = await ama.call("DELETE", "/v1/wallet/bills/\(code)")
        #expect(stolen.status == 403 && stolen.json["code"] == "forbidden")
        for wrong in ["ABCD-EFGH-JKMN", "x", String(code.dropLast()) + (code.last == "2" ? "3" : "2")] {
            #expect(await ama.call("GET", "/v1/wallet/bills/\(wrong)").status == 404)
        }
        // An app sees nothing of it by its own calls.
        #expect(await router.call("GET", "/v1/bills/\(code)").status == 404)
        #expect(await ben.call("DELETE", "/v1/wallet/bills/\(code)").json["state"] == "deleted")
        #expect(await ben.call("DELETE", "/v1/wallet/bills/\(code)").status == 200, "once more is harmless")
        let late = await ama.ask("bill_payment", ["bill": .string(code)])
        #expect(late.status == 409 && late.json["code"] == "bill_unpayable" && late.json["reason"] == "deleted")
        await router.stop()
    }

    @Test func `one call sent several times at once moves money once, and every answer says so`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890112233", funds: 20_000)
        let ben = try await router.holder("ben", phone: "+22891112233")
        for round in 1...6 {
            let body = try await ama.agreed(
                "transfer", ["to": ["user": "ben"], "amount": 100, "currency": "XOF"])
            let key = RunningRouter.fresh()
            let answers = await withTaskGroup(of: RunningRouter.Answer.self) { group in
                for _ in 0..<4 { group.addTask { await ama.call("POST", "/v1/wallet/transfers", body, key: key) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.status == 201 }, "\(answers.map(\.json.jsonText))")
            #expect(Set(answers.map { $0.json["id"]?.stringValue ?? "" }).count == 1)
            #expect(await ben.available() == Int64(100 * round))
        }
        await router.stop()
    }

    @Test func `of two who pay one bill at once, one pays, and nothing is taken from the other`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890140006", funds: 5_000)
        let eve = try await router.holder("eve", phone: "+22890140007", funds: 5_000)
        let bill = await router.call(
            "POST", "/v1/bills", ["name": "Invoice 7", "amount": 1_500, "currency": "XOF"],
            idempotencyKey: RunningRouter.fresh())
        let (id, code) = (bill.json["id"]?.stringValue ?? "", try #require(bill.json["code"]))
        let wishes = (
            try await ama.agreed("bill_payment", ["bill": code]), try await eve.agreed("bill_payment", ["bill": code])
        )
        async let one = ama.call("POST", "/v1/wallet/bill_payments", wishes.0)
        async let other = eve.call("POST", "/v1/wallet/bill_payments", wishes.1)
        let answers = await [one, other].sorted { $0.status < $1.status }
        #expect(answers.map(\.status) == [201, 409], "\(answers.map(\.json.jsonText))")
        #expect(answers[1].json["code"] == "bill_unpayable" && answers[1].json["bill"] == code)
        #expect(["paid", "being_paid"].contains(answers[1].json["reason"]?.stringValue))
        let left = await [ama.available(), eve.available()].compactMap(\.self).sorted()
        #expect(left == [3_500, 5_000])
        let paid = await router.call("GET", "/v1/bills/\(id)").json
        #expect(paid["state"] == "paid" && paid["payment"] == answers[0].json["id"], "\(paid.jsonText)")
        let late = await router.call("DELETE", "/v1/bills/\(id)")
        #expect(late.status == 409 && late.json["reason"] == "paid" && late.json["bill_payment"] == paid["payment"])
        #expect(late.json["paid_at"] == paid["ended_at"])
        // One event tells of it, with the bill, in the moment of the payment's own.
        let told = await router.call("GET", "/v1/events?type=bill.paid").json["data"]?.arrayValue ?? []
        #expect(told.count == 1 && told.first?["data"] == paid, "\(told.map(\.jsonText))")
        #expect(told.first?["order"] == paid["payment"])
        let event = await router.call("GET", "/v1/events/\(told.first?["id"]?.stringValue ?? "")").json
        #expect(event == told.first)
        let all = await router.call("GET", "/v1/events?order=\(paid["payment"]?.stringValue ?? "")").json["data"]?
            .arrayValue
        #expect(all?.prefix(2).map { $0["type"] } == ["bill.paid", "payment.succeeded"])
        #expect(all?.first?["created_at"] == all?.dropFirst().first?["created_at"])
        #expect(all?.last?["data"]?["initiated_by"]?["type"] == "holder", "\(all?.last?.jsonText ?? "")")
        await router.stop()
    }

    @Test func `an app's secret key takes nothing out of a holder's wallet`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890140008")
        let topUp = try await router.topUp(ama, 10_000)
        // Even a key of the app that holders' wallets belong to.
        let key = try await router.keyOfHoldersApp()
        let source: JSONValue = ["wallet": .string(ama.wallet)]
        let target = try await router.wallet()
        func tries(_ wallet: JSONValue) -> [(String, JSONValue)] {
            [
                ("/v1/payments", ["amount": 100, "currency": "XOF", "source": wallet]),
                ("/v1/payments", ["amount": 100, "currency": "XOF", "source": wallet, "capture": false]),
                (
                    "/v1/payouts",
                    [
                        "amount": 100, "currency": "XOF", "channel": "tmoney", "party": ["phone": "+22890000001"],
                        "source": wallet,
                    ]
                ),
                (
                    "/v1/payouts",
                    ["amount": 100, "currency": "XOF", "party": ["wallet": .string(target)], "source": wallet]
                ),
                (
                    "/v1/transfers",
                    [
                        "from": wallet, "to": ["channel": "flooz", "phone": "+22896000001"], "amount": 100,
                        "currency": "XOF",
                    ]
                ),
                ("/v1/quotes", ["from": wallet, "to": ["wallet": .string(target)], "amount": 100, "currency": "XOF"]),
            ]
        }
        for (path, body) in tries(source) {
            let own = await router.call("POST", path, body, key: key, idempotencyKey: RunningRouter.fresh())
            #expect(own.status == 403 && own.json["code"] == "holder_required", "\(path): \(own.json.jsonText)")
            // Another app's key does not even hear that there is such a wallet.
            let other = await router.call("POST", path, body, idempotencyKey: RunningRouter.fresh())
            #expect(other.status == 422 && other.json["code"] == "wallet_unusable", "\(path): \(other.json.jsonText)")
        }
        let refund = await router.call(
            "POST", "/v1/payments/\(topUp)/refunds", [:], key: key, idempotencyKey: RunningRouter.fresh())
        #expect(refund.status == 403 && refund.json["code"] == "holder_required", "\(refund.json.jsonText)")
        #expect(await ama.available() == 10_000)
        // One that an app opened for a holder is the holder's, too.
        let opened = try await router.wallet(owner: "holder")
        let filled = try await router.topUp(opened, 3_000)
        try await router.host.store.hold([try #require(WalletID(opened))], by: try await router.account("ama").id)
        let wallets = await ama.call("GET", "/v1/wallet").json["wallets"]?.arrayValue?.compactMap { $0["id"] } ?? []
        #expect(wallets == [.string(ama.wallet), .string(opened)])
        for (path, body) in tries(["wallet": .string(opened)]) {
            let answer = await router.call("POST", path, body, idempotencyKey: RunningRouter.fresh())
            #expect(
                answer.status == 403 && answer.json["code"] == "holder_required", "\(path): \(answer.json.jsonText)")
        }
        let back = await router.call(
            "POST", "/v1/payments/\(filled["id"]?.stringValue ?? "")/refunds", [:],
            idempotencyKey: RunningRouter.fresh())
        #expect(back.status == 403 && back.json["code"] == "holder_required", "\(back.json.jsonText)")
        await router.stop()
    }

    @Test func `a payment by wallet without a source waits for a holder, who pays it with a code`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890140009", funds: 5_000)
        let made = await router.create(["amount": 1_500, "currency": "XOF", "channel": "wallet", "reference": "o-1"])
        #expect(made.status == 201 && made.json["status"] == "awaiting_customer", "\(made.json.jsonText)")
        #expect(made.json["next_action"]?["type"] == "redirect")
        #expect(made.json["next_action"]?["url"] == made.json["hosted_url"])
        let id = try #require(made.json["id"])
        let page = try #require(made.json["hosted_url"]?.stringValue)
        let token = try #require(page.split(separator: "?t=").last.map { String($0) })
        let wish: JSONValue = ["payment": id, "token": .string(token)]
        let forged = await ama.ask("payment", wish.with("token", .string(token + "0")))
        #expect(forged.status == 404 && forged.json["code"] == "not_found")
        let asked = await ama.ask("payment", wish)
        #expect(asked.json["for"]?["counterparty"] == "demo" && asked.json["for"]?["address"] == "o-1")
        #expect(asked.json["for"]?["total"] == 1_500, "\(asked.json.jsonText)")
        let agreed = wish.with("code", .string(try await router.code(to: ama.phone)))
        let paid = await ama.call("POST", "/v1/wallet/payments", agreed)
        #expect(paid.status == 201 && paid.json["status"] == "succeeded", "\(paid.json.jsonText)")
        #expect(await ama.call("POST", "/v1/wallet/payments", agreed).status == 200, "found again")
        #expect(await ama.available() == 3_500)
        let seen = await router.call("GET", "/v1/payments/\(id.stringValue ?? "")").json
        #expect(seen["status"] == "succeeded" && seen["channel"] == "wallet", "\(seen.jsonText)")
        let eve = try await router.holder("eve", phone: "+22890140010", funds: 5_000)
        let late = try await eve.perform("payment", "payments", wish)
        #expect(late.status == 409 && late.json["code"] == "payment_state_conflict", "\(late.json.jsonText)")
        #expect(await eve.available() == 5_000)
        await router.stop()
    }

    @Test func `a refund comes back to the holder's wallet, who sees it`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890140011", funds: 5_000)
        let made = await router.create(["amount": 1_500, "currency": "XOF", "channel": "wallet"]).json
        let token = made["hosted_url"]?.stringValue?.split(separator: "?t=").last.map { String($0) } ?? ""
        let id = try #require(made["id"])
        #expect(
            try await ama.perform("payment", "payments", ["payment": id, "token": .string(token)]).status == 201)
        let refund = await router.call(
            "POST", "/v1/payments/\(id.stringValue ?? "")/refunds", ["amount": 500],
            idempotencyKey: RunningRouter.fresh())
        #expect(refund.status == 201, "\(refund.json.jsonText)")
        let order = refund.json["id"]?.stringValue ?? ""
        for _ in 0..<40 where await ama.available() != 4_000 {
            await router.host.time.sleep(until: router.host.time.now.adding(milliseconds: 50))
        }
        #expect(await ama.available() == 4_000)
        let line = await ama.call("GET", "/v1/wallet/history").json["data"]?.arrayValue?.first
        #expect(line?["category"] == "refund" && line?["order"]?.stringValue == order, "\(line?.jsonText ?? "")")
        let seen = await ama.call("GET", "/v1/wallet/orders/\(order)")
        #expect(seen.status == 200 && seen.json["object"] == "refund", "\(seen.json.jsonText)")
        let eve = try await router.holder("eve", phone: "+22890140012")
        #expect(await eve.call("GET", "/v1/wallet/orders/\(order)").status == 404)
        await router.stop()
    }
}
