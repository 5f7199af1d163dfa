import Foundation
import Router
import Testing

@testable import Host

/// Wallets themselves, as callers make and change them.
@Suite("Calls of wallets", .timeLimit(.minutes(10))) struct WalletCallsTests {
    @Test
    func `one key makes one wallet, and another body under it is refused`() async throws {
        let router = try await RunningRouter()
        let key = RunningRouter.fresh()
        let body: JSONValue = [
            "owner": "app", "currency": "XOF", "reference": "customer-7", "name": "Ama Kossi",
            "phone": "+22890112233",
        ]
        let made = await router.call("POST", "/v1/wallets", body, idempotencyKey: key)
        #expect(made.status == 201 && made.json["object"] == "wallet" && made.json["state"] == "open")
        #expect(made.json["phone"] == "+228******33" && made.json["name"] == "Ama Kossi")
        #expect(made.json["purpose"] == "personal" && made.json["balance"]?["available"] == 0)
        let id = try #require(made.json["id"]?.stringValue)
        #expect(made.header("location") == "/v1/wallets/\(id)")
        let again = await withTaskGroup(of: RunningRouter.Answer.self) { group in
            for _ in 0..<20 {
                group.addTask { await router.call("POST", "/v1/wallets", body, idempotencyKey: key) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(again.allSatisfy { $0.status == 201 && $0.json["id"] == made.json["id"] })
        #expect(again.allSatisfy { $0.header("idempotent-replayed") == "true" })
        var other = try #require(body.objectValue)
        other["name"] = "Kofi"
        let reused = await router.call("POST", "/v1/wallets", .object(other), idempotencyKey: key)
        #expect(reused.status == 422 && reused.json["code"] == "idempotency_key_reused")
        #expect(reused.json["wallet"] == .string(id))
        #expect(await router.call("POST", "/v1/wallets", body).json["code"] == "idempotency_key_required")
        #expect(await router.call("GET", "/v1/wallets").json["data"]?.arrayValue?.count == 1)
        await router.stop()
    }

    @Test(
        arguments: [
            (["currency": "XOF"], "/owner"), (["owner": "bank", "currency": "XOF"], "/owner"),
            (["owner": "app", "currency": "XOF", "purpose": "secret"], "/purpose"), (["owner": "app"], "/currency"),
            (["owner": "app", "currency": "xof"], "/currency"), (["owner": "app", "currency": "USD"], "/currency"),
            (["owner": "app", "currency": "XOF", "phone": "12"], "/phone"),
            (["owner": "app", "currency": "XOF", "name": ""], "/name"),
            (["owner": "app", "currency": "XOF", "balance": 5_000], "/balance"),
        ] as [(JSONValue, String)])
    func `what is wrong with a new wallet is pointed to`(_ body: JSONValue, _ pointer: String) async throws {
        let router = try await RunningRouter()
        let refused = await router.call("POST", "/v1/wallets", body, idempotencyKey: RunningRouter.fresh())
        #expect(refused.status == 400 || refused.status == 422, "\(refused.json.jsonText)")
        let pointers = refused.json["errors"]?.arrayValue?.compactMap { $0["pointer"]?.stringValue } ?? []
        #expect(pointers.contains(pointer), "\(refused.json.jsonText)")
        await router.stop()
    }

    @Test
    func `wallets are listed newest first, page by page, and by what they are`() async throws {
        let router = try await RunningRouter()
        var made: [String] = []
        for number in 0..<5 {
            let wallet = await router.call(
                "POST", "/v1/wallets",
                ["owner": number == 0 ? "holder" : "app", "currency": "XOF", "reference": .string("r\(number % 2)")],
                idempotencyKey: RunningRouter.fresh())
            made.insert(wallet.json["id"]?.stringValue ?? "", at: 0)
        }
        var (found, cursor) = ([String](), "")
        repeat {
            let page = await router.call("GET", "/v1/wallets?limit=2\(cursor)").json
            found += page["data"]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
            cursor = page["next_cursor"]?.stringValue.map { "&after=\($0)" } ?? ""
        } while !cursor.isEmpty
        // Those of one millisecond have no order among themselves but that of their ids.
        #expect(found == made.sorted(by: >) && Set(found).count == 5)
        func count(_ query: String) async -> Int? {
            await router.call("GET", "/v1/wallets?\(query)").json["data"]?.arrayValue?.count
        }
        #expect(await count("reference=r1") == 2)
        #expect(await count("owner=holder") == 1)
        #expect(await count("state=frozen") == 0)
        #expect(await router.call("GET", "/v1/wallets?state=cold").json["code"] == "invalid_parameter")
        await router.stop()
    }

    @Test
    func `a frozen wallet takes and gives nothing, a closed one is over`() async throws {
        let router = try await RunningRouter()
        let (wallet, other) = (try await router.wallet(5_000), try await router.wallet())
        let path = "/v1/wallets/\(wallet)"
        #expect(await router.call("POST", path + "/freeze").json["state"] == "frozen")
        let refused = await router.transfer(TransferTests.inside(wallet, other, 100))
        #expect(refused.json["code"] == "wallet_unusable" && refused.json["reason"] == "frozen")
        #expect(refused.json["errors"]?.arrayValue?.first?["pointer"] == "/from/wallet")
        try await router.topUp(wallet, 1_000)
        #expect(await router.balance(wallet) == (6_000, 0, 6_000))
        #expect(await router.call("POST", path + "/unfreeze").json["state"] == "open")
        let full = await router.call("POST", path + "/close")
        #expect(full.status == 409 && full.json["code"] == "wallet_not_empty" && full.json["posted"] == 6_000)
        _ = await router.transfer(TransferTests.inside(wallet, other, 5_891))
        #expect(await router.balance(wallet) == (0, 0, 0))
        #expect(await router.call("POST", path + "/close").json["state"] == "closed")
        #expect(await router.call("POST", path + "/close").json["state"] == "closed", "what is so already is no fault")
        #expect(await router.call("POST", path + "/unfreeze").json["code"] == "wallet_unusable")
        let late = await router.create([
            "amount": 500, "currency": "XOF", "channel": "tmoney", "customer": ["phone": "+22890000001"],
            "destination": ["wallet": .string(wallet)],
        ])
        #expect(
            late.json["reason"] == "closed"
                && late.json["errors"]?.arrayValue?.first?["pointer"] == "/destination/wallet")
        await router.stop()
    }

    @Test
    func `limits of a day hold, show what is used, and are replaced whole`() async throws {
        let router = try await RunningRouter()
        let (wallet, other) = (try await router.wallet(10_000), try await router.wallet())
        let path = "/v1/wallets/\(wallet)/limits"
        let set = await router.call(
            "PUT", path, ["transfer": ["amount": 2_500, "count": 2], "payment": ["count": 0]])
        #expect(set.json["limits"]?["transfer"]?["amount"] == ["most": 2_500, "used": 0], "\(set.json.jsonText)")
        #expect(set.json["limits"]?["top_up"] == ["amount": .null, "count": .null])
        #expect(await router.transfer(TransferTests.inside(wallet, other, 1_000)).status == 201)
        let tooMuch = await router.transfer(TransferTests.inside(wallet, other, 2_000))
        #expect(tooMuch.status == 422 && tooMuch.json["code"] == "wallet_limit_reached")
        let read = await router.call("GET", "/v1/wallets/\(wallet)").json
        #expect(read["limits"]?["transfer"]?["amount"]?["used"] == 1_060, "the fee counts, too: \(read.jsonText)")
        #expect(read["limits"]?["transfer"]?["count"]?["used"] == 1)
        let refused = await router.create(["amount": 1, "currency": "XOF", "source": ["wallet": .string(wallet)]])
        #expect(refused.json["failure"]?["code"] == "limit_reached", "\(refused.json.jsonText)")
        let none = await router.call("PUT", path, [:])
        #expect(none.json["limits"]?["transfer"] == ["amount": .null, "count": .null])
        #expect(await router.transfer(TransferTests.inside(wallet, other, 2_000)).status == 201)
        let wrong = await router.call("PUT", path, ["payment": ["amount": -1], "gifts": [:]])
        #expect(wrong.status == 400)
        await router.stop()
    }

    @Test
    func `a history is paged, and written as a table that computes nothing`() async throws {
        let router = try await RunningRouter()
        let (wallet, other) = (try await router.wallet(10_000), try await router.wallet())
        for (number, text) in ["=HYPERLINK(\"http://evil\")", "rent, \"March\"", "+228"].enumerated() {
            var body = try #require(TransferTests.inside(wallet, other, Int64(100 + number)).objectValue)
            body["description"] = .string(text)
            #expect(await router.transfer(.object(body)).status == 201)
        }
        let path = "/v1/wallets/\(wallet)/history"
        var (found, cursor) = ([JSONValue](), "")
        repeat {
            let page = await router.call("GET", path + "?limit=3\(cursor)").json
            found += page["data"]?.arrayValue ?? []
            cursor = page["next_cursor"]?.stringValue.map { "&after=\($0)" } ?? ""
        } while !cursor.isEmpty
        #expect(found.count == 7 && found.last?["category"] == "top_up")
        var balance: Int64 = 0
        for line in found.reversed() {
            balance += line["amount"]?.integerValue ?? 0
            #expect(line["balance"]?.integerValue == balance, "\(line.jsonText)")
        }
        for headers in [[], [("accept", "text/csv")]] as [[(name: String, value: String)]] {
            let target = headers.isEmpty ? path + "?format=csv" : path
            let table = await router.page("GET", target, headers: headers)
            #expect(table.type.hasPrefix("text/csv"))
            let lines = table.text.split(separator: "\r\n")
            #expect(lines.first == "at,category,order,transfer,counterparty,description,amount,currency,balance")
            #expect(lines.count == 8, "\(table.text)")
            #expect(table.text.contains("\"'=HYPERLINK(\"\"http://evil\"\")\""), "\(table.text)")
            #expect(table.text.contains("'+228,-102,XOF"), "\(table.text)")
        }
        await router.stop()
    }

    @Test
    func `a wallet's code leads to its page, which says whose it is in the reader's language`() async throws {
        let router = try await RunningRouter()
        let made = await router.call(
            "POST", "/v1/wallets", ["owner": "app", "currency": "XOF", "name": "Ama <b>Kossi</b>"],
            idempotencyKey: RunningRouter.fresh())
        let id = try #require(made.json["id"]?.stringValue)
        #expect(made.json["page_url"]?.stringValue?.hasSuffix("/w/\(id)") == true)
        let svg = await router.page("GET", "/v1/wallets/\(id)/qr.svg", key: nil)
        #expect(svg.status == 200 && svg.type == "image/svg+xml")
        #expect(await router.page("GET", "/v1/wallets/\(id)/qr.png", key: nil).type == "image/png")
        for (language, word) in [("fr", "Portefeuille"), ("en", "Wallet"), ("ar", "المحفظة"), ("th", "กระเป๋าเงิน")] {
            let page = await router.page("GET", "/w/\(id)?lang=\(language)", key: nil)
            #expect(page.status == 200 && page.text.contains(word) && page.text.contains("XOF"))
            #expect(page.text.contains("Ama &lt;b&gt;Kossi&lt;/b&gt;") && !page.text.contains("<b>Kossi"))
            #expect(page.policy.contains("default-src 'none'") && !page.text.contains("style="))
        }
        let nobody = "wal_01JD3K0000PPPPPPPPPPPPPPPP"
        for path in ["/w/\(nobody)", "/w/hello", "/v1/wallets/\(nobody)/qr.svg"] {
            #expect(await router.page("GET", path, key: nil).status == 404, "\(path)")
        }
        await router.stop()
    }
}

extension RunningRouter {
    /// What browsers get.
    struct Page: Sendable {
        var status: Int
        var type: String
        var policy: String
        var text: String
    }

    /// Calls the API and answers with what is no JSON.
    func page(
        _ method: String, _ target: String, key: String? = KeyRing.demoKey,
        headers: [(name: String, value: String)] = []
    ) async -> Page {
        let parts = target.split(separator: "?", maxSplits: 1)
        var all = headers
        if let key { all.append(("authorization", "Bearer \(key)")) }
        let request = APIRequest(
            method: method, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : "", headers: all,
            peer: "127.0.0.1", id: RequestID(at: host.time.now, from: SystemRandom()))
        let response = await host.dispatcher.respond(to: request)
        func header(_ name: String) -> String { response.headers.first { $0.name == name }?.value ?? "" }
        return Page(
            status: response.status, type: header("content-type"), policy: header("content-security-policy"),
            text: String(decoding: response.body, as: UTF8.self))
    }
}
