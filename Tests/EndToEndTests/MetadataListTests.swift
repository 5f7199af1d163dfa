import Foundation
import Router
import Testing

@testable import Host

/// Lists filtered by metadata, and the command line's lists.
@Suite("Lists by metadata", .timeLimit(.minutes(10)))
struct MetadataListTests {
    private func pay(_ router: RunningRouter, _ metadata: JSONValue, amount: Int64 = 5_000) async -> String {
        let made = await router.create([
            "amount": JSONValue(amount), "currency": "XOF", "channel": "tmoney",
            "customer": ["phone": "+22890000001"], "metadata": metadata,
        ])
        #expect(made.status < 300, "\(made.json)")
        return made.json["id"]?.stringValue ?? ""
    }

    private func ids(_ answer: RunningRouter.Answer) -> [String] {
        (answer.json["data"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }
    }

    /// Waits until the older orders are indexed; the time limit of the suite ends what never comes.
    private func indexed(_ router: RunningRouter) async {
        while true {
            let index = await router.call("GET", "/v1/metadata_index")
            let names = index.json["names"]?.arrayValue ?? []
            if names.allSatisfy({ $0["complete"] == true }), index.json["leaving"] == [] { return }
            await Task.yield()
        }
    }

    @Test
    func `new orders are found at once, older ones in the background, by what the app has chosen`() async throws {
        let router = try await RunningRouter()
        let first = await pay(router, ["order_id": "17", "cart": "a b&c"])
        let refused = await router.call("GET", "/v1/payments?metadata[order_id]=17")
        #expect(refused.status == 400 && refused.json["code"] == "invalid_parameter")
        #expect(refused.json["detail"]?.stringValue?.contains("PUT /v1/metadata_index") == true, "\(refused.json)")

        let chosen = await router.call("PUT", "/v1/metadata_index", ["names": ["order_id", "cart"]])
        #expect(chosen.status == 200, "\(chosen.json)")
        #expect(chosen.json["names"]?.arrayValue?.compactMap { $0["name"]?.stringValue } == ["cart", "order_id"])
        let second = await pay(router, ["order_id": "17"])
        let at = await router.call("GET", "/v1/payments?metadata[order_id]=17")
        #expect(ids(at).contains(second) && at.json.objectValue?["complete_from"] != nil)
        await indexed(router)
        let both = await router.call("GET", "/v1/payments?metadata%5Border_id%5D=17")
        #expect(ids(both) == [second, first] && both.json["complete_from"] == .null, "\(both.json)")
        let one = await router.call("GET", "/v1/payments?metadata[order_id]=17&metadata[cart]=a%20b%26c")
        #expect(ids(one) == [first])
        #expect(ids(await router.call("GET", "/v1/payments?metadata[order_id]=1")).isEmpty)
        let plain = await router.call("GET", "/v1/payments")
        #expect(plain.json.objectValue?["complete_from"] == nil, "it is said only where it matters")

        let near = await router.call("GET", "/v1/payments?metadata[order]=17")
        #expect(near.json["detail"]?.stringValue?.contains("order_id") == true)
        #expect(await router.call("GET", "/v1/payments?metadata[order_id]=1&metadata[order_id]=2").status == 400)
        #expect(await router.call("GET", "/v1/payments?metadata[]=1").status == 400)
        #expect(await router.call("GET", "/v1/payments?metadata=1").status == 400)
        #expect(await router.call("GET", "/v1/payments?metadata[order_id]=4242424242424242").status == 422)
        await router.stop()
    }

    @Test
    func `payouts and refunds are found by theirs; names that leave are refused and forgotten`() async throws {
        let router = try await RunningRouter()
        #expect(await router.call("PUT", "/v1/metadata_index", ["names": ["order_id"]]).status == 200)
        let payment = await pay(router, ["order_id": "17"])
        let payout = await router.call(
            "POST", "/v1/payouts",
            [
                "amount": 500, "currency": "XOF", "channel": "tmoney", "party": ["phone": "+22890000001"],
                "metadata": ["order_id": "17"],
            ], idempotencyKey: UUID().uuidString)
        #expect(payout.status < 300, "\(payout.json)")
        let card = await router.create([
            "amount": 5_000, "currency": "USD", "channel": "card", "source": ["token": "tok_visa"],
        ])
        let refund = await router.call(
            "POST", "/v1/payments/\(card.json["id"]?.stringValue ?? "")/refunds",
            ["amount": 100, "metadata": ["order_id": "17"]], idempotencyKey: UUID().uuidString)
        #expect(refund.status < 300, "\(refund.json)")
        for (list, id) in [
            ("payments", payment), ("payouts", payout.json["id"]?.stringValue ?? ""),
            ("refunds", refund.json["id"]?.stringValue ?? ""),
        ] {
            #expect(ids(await router.call("GET", "/v1/\(list)?metadata[order_id]=17")) == [id], "\(list)")
        }
        #expect(await router.call("PUT", "/v1/metadata_index", ["names": []]).status == 200)
        #expect(await router.call("GET", "/v1/payments?metadata[order_id]=17").status == 400)
        await indexed(router)
        for names in [["a", "a"], [""], (0...8).map { "n\($0)" }, [String(repeating: "x", count: 41)]] {
            let body: JSONValue = ["names": .array(names.map(JSONValue.string))]
            #expect(await router.call("PUT", "/v1/metadata_index", body).status == 400, "\(names)")
        }
        #expect(await router.call("PUT", "/v1/metadata_index", ["names": []], key: nil).status == 401)
        await router.stop()
    }

    @Test
    func `the command line lists one app, since a time, by metadata, and adds up`() async throws {
        let router = try await RunningRouter()
        let chosen = await router.admin("PUT", "/apps/demo/metadata-index", ["names": ["order_id"]])
        #expect(chosen.status == 200, "\(chosen.json)")
        #expect(AppsCommand.Metadata.lines(chosen.json).first?.hasPrefix("order_id  ") == true)
        let first = await pay(router, ["order_id": "17"], amount: 5_000)
        let second = await pay(router, ["order_id": "17"], amount: 700)
        _ = await pay(router, ["order_id": "18"], amount: 900)

        var filters = OrderFilters()
        filters.plain = [("app", "demo"), ("environment", "sandbox")]
        filters.metadata = [try OrderFilters.term("order_id=17")]
        filters.from = try SinceText.moment("1h", now: HostClock().now)
        filters.limit = 1
        let page = await router.admin("GET", "/payments?" + filters.query)
        #expect(ids(page) == [second] && page.json["has_more"] == true, "\(page.json)")
        let sums = page.json["sums"]?.arrayValue ?? []
        #expect(sums.reduce(0) { $0 + ($1["count"]?.integerValue ?? 0) } == 2)
        #expect(sums.reduce(0) { $0 + ($1["amount"]?.integerValue ?? 0) } == 5_700)
        let lines = OrderListText.lines(page.json, "payments")
        #expect(lines.contains("All that fit, on this page and others:"), "\(lines)")
        let cursor = try #require(page.json["next_cursor"]?.stringValue)
        let command = filters.next("payments", cursor: cursor)
        #expect(command.hasPrefix("payrouter payments list --app demo --environment sandbox --since 20"), "\(command)")
        #expect(command.hasSuffix("--metadata order_id=17 --limit 1 --after \(cursor)"), "\(command)")
        filters.after = cursor
        #expect(ids(await router.admin("GET", "/payments?" + filters.query)) == [first])

        let all = await router.admin("GET", "/payments?limit=2")
        #expect(ids(all).count == 2 && all.json["sums"] == nil)
        #expect(OrderListText.lines(all.json, "payments").contains("The 2 listed:"))
        let elsewhere = await router.admin("GET", "/payments?app=demo&environment=production")
        #expect(elsewhere.status == 200 && ids(elsewhere).isEmpty)
        #expect(await router.admin("GET", "/payments?app=nobody").status == 404)
        let appless = await router.admin("GET", "/payments?metadata[order_id]=17")
        #expect(appless.status == 400 && appless.json["detail"]?.stringValue?.contains("--app") == true)
        #expect(await router.call("GET", "/v1/payments?app=demo").status == 400, "callers see their own app only")
        await router.stop()
    }
}
