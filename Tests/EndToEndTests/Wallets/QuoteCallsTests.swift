import Foundation
import Router
import Testing

@testable import Host

/// What transfers cost, and what is wrong with them, told before anything moves.
@Suite("Quotes and refused transfers", .timeLimit(.minutes(10))) struct QuoteCallsTests {
    @Test
    func `a quote says what both sides pay and get, and its fee holds when the configured one has changed`()
        async throws
    {
        let folder = NSTemporaryDirectory() + "payrouter-quotes-" + UUID().uuidString
        let text = try String(contentsOfFile: Self.root + "/providers.json", encoding: .utf8)
        let dearer = text.replacing(#""fixed": 50"#, with: #""fixed": 5000"#)
        let first = try await RunningRouter(configuration: text, folder: folder)
        let (from, to) = (try await first.wallet(20_000), try await first.wallet())
        let body = TransferTests.inside(from, to, 2_000)
        let quote = await first.call("POST", "/v1/quotes", body)
        #expect(quote.status == 200 && quote.json["fee"] == 70 && quote.json["sender_pays"] == 2_070)
        #expect(quote.json["recipient"] == ["known": true, "name": "A** K****"], "\(quote.json.jsonText)")
        #expect(quote.json["limits"]?["from"]?["available"] == 20_000)
        let sealed = try #require(quote.json["quote"]?.stringValue)
        await first.stop()
        let second = try await RunningRouter(configuration: dearer, folder: folder)
        let usual = await second.transfer(body)
        #expect(usual.json["fee"] == 5_000, "what is not quoted costs what is configured now: \(usual.json.jsonText)")
        let key = RunningRouter.fresh()
        let quoted = await second.transfer(["quote": .string(sealed)], key: key)
        #expect(quoted.status == 201 && quoted.json["fee"] == 70, "\(quoted.json.jsonText)")
        let replayed = await second.transfer(["quote": .string(sealed)], key: key)
        #expect(replayed.json["id"] == quoted.json["id"])
        var beside = try #require(body.objectValue)
        beside["quote"] = .string(sealed)
        #expect(await second.transfer(.object(beside)).json["fee"] == 70)
        beside["amount"] = 2_001
        let other = await second.transfer(.object(beside))
        #expect(other.status == 422 && other.json["code"] == "invalid_quote", "\(other.json.jsonText)")
        let (foreign, _) = try await second.otherApp()
        let stolen = await second.call(
            "POST", "/v1/transfers", ["quote": .string(sealed)], key: foreign, idempotencyKey: RunningRouter.fresh())
        #expect(stolen.status == 422 && stolen.json["code"] == "invalid_quote")
        #expect(stolen.json["errors"]?.arrayValue?.first?["pointer"] == "/quote")
        await second.stop()
    }

    @Test
    func `a quote to an operator says whether the recipient is known, and within which limits`() async throws {
        let router = try await RunningRouter()
        let open = await router.call(
            "POST", "/v1/quotes", TransferTests.between(("tmoney", "+22890000001"), ("flooz", "+22898000001"), 5_000))
        #expect(
            open.status == 200 && open.json["recipient"] == ["known": .null, "name": .null], "\(open.json.jsonText)")
        #expect(open.json["limits"]?["from"]?["min"] == 100 && open.json["limits"]?["from"]?["max"] == 2_000_000)
        #expect(open.json["from"]?["phone"] == "+228******01")
        let known = await router.call(
            "POST", "/v1/quotes",
            [
                "from": ["channel": "mtn-momo", "phone": "+237670000001"],
                "to": ["channel": "mtn-momo", "phone": "+237670000002"], "amount": 500, "currency": "EUR",
            ])
        #expect(known.json["recipient"]?["known"] == true || known.status == 422, "\(known.json.jsonText)")
        #expect(try await router.entries().isEmpty, "nothing was moved")
        #expect(await router.call("GET", "/v1/transfers").json["data"] == [])
        await router.stop()
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        var name: String
        var code: String
        var pointer: String
        var body: @Sendable (_ own: String, _ dinars: String) -> JSONValue
        var testDescription: String { name }
    }

    static let wrong: [Wrong] = [
        Wrong(name: "own wallet on both sides", code: "wallet_unusable", pointer: "/to/wallet") { own, _ in
            TransferTests.inside(own, own, 100)
        },
        Wrong(name: "one number on both sides", code: "invalid_phone", pointer: "/to/phone") { _, _ in
            TransferTests.between(("tmoney", "+22890000001"), ("tmoney", "00228 90 00 00 01"), 1_000)
        },
        Wrong(name: "another currency", code: "wallet_unusable", pointer: "/to/wallet") { own, dinars in
            TransferTests.inside(own, dinars, 100)
        },
        Wrong(name: "zero", code: "invalid_request", pointer: "/amount") { own, dinars in
            TransferTests.inside(own, dinars, 0)
        },
        Wrong(name: "negative", code: "invalid_request", pointer: "/amount") { own, dinars in
            TransferTests.inside(own, dinars, -5)
        },
        Wrong(name: "too large", code: "invalid_request", pointer: "/amount") { own, dinars in
            TransferTests.inside(own, dinars, 9_007_199_254_740_992)
        },
        Wrong(name: "too large with its fee", code: "amount_too_large", pointer: "/amount") { own, _ in
            TransferTests.inside(own, "wal_01JD3K0000PPPPPPPPPPPPPPPP", 9_007_199_254_740_991)
        },
        Wrong(name: "no such wallet", code: "wallet_unusable", pointer: "/to/wallet") { own, _ in
            TransferTests.inside(own, "wal_01JD3K0000PPPPPPPPPPPPPPPP", 100)
        },
        Wrong(name: "the sender's number is missing", code: "no_eligible_provider", pointer: "/from/phone") { own, _ in
            ["from": ["channel": "tmoney"], "to": ["wallet": .string(own)], "amount": 1_000, "currency": "XOF"]
        },
        Wrong(name: "the recipient's number is missing", code: "no_eligible_provider", pointer: "/to/phone") { own, _ in
            ["from": ["wallet": .string(own)], "to": ["channel": "flooz"], "amount": 1_000, "currency": "XOF"]
        },
        Wrong(name: "wallet and channel", code: "invalid_request", pointer: "/from") { own, _ in
            [
                "from": ["wallet": .string(own), "channel": "tmoney"], "to": ["channel": "flooz"], "amount": 1_000,
                "currency": "XOF",
            ]
        },
        Wrong(name: "neither", code: "invalid_request", pointer: "/to") { own, _ in
            ["from": ["wallet": .string(own)], "to": [:], "amount": 1_000, "currency": "XOF"]
        },
        Wrong(name: "unknown channel", code: "unknown_channel", pointer: "/to/channel") { own, _ in
            ["from": ["wallet": .string(own)], "to": ["channel": "pigeon"], "amount": 1_000, "currency": "XOF"]
        },
        Wrong(name: "the fee is more than the recipient gets", code: "fee_exceeds_amount", pointer: "/amount") {
            own, _ in
            [
                "from": ["channel": "tmoney", "phone": "+22890000001"], "to": ["wallet": .string(own)], "amount": 50,
                "currency": "XOF", "fee": "recipient",
            ]
        },
        Wrong(name: "no quote", code: "invalid_quote", pointer: "/quote") { _, _ in ["quote": "abc"] },
        Wrong(name: "a quote that is a number", code: "invalid_request", pointer: "/quote") { _, _ in ["quote": 5] },
    ]

    @Test
    func `what is wrong with a transfer is told with its place and what helps, and nothing moves`() async throws {
        let router = try await RunningRouter()
        let (own, dinars) = (try await router.wallet(5_000), try await router.wallet(currency: "TND"))
        for one in Self.wrong {
            let body = one.body(own, dinars)
            let paths = body["quote"] == nil ? ["/v1/transfers", "/v1/quotes"] : ["/v1/transfers"]
            for path in paths {
                let answer = await router.call("POST", path, body, idempotencyKey: RunningRouter.fresh())
                #expect(answer.json["code"]?.stringValue == one.code, "\(one.name) \(path): \(answer.json.jsonText)")
                let issue = answer.json["errors"]?.arrayValue?.first
                #expect(issue?["pointer"]?.stringValue == one.pointer, "\(one.name) \(path): \(answer.json.jsonText)")
                #expect(issue?["detail"]?.stringValue?.isEmpty == false)
                #expect(answer.json["outcome"] == "not_executed" && !answer.json.jsonText.contains("90000001"))
            }
        }
        #expect(await router.balance(own) == (5_000, 0, 5_000))
        #expect(await router.call("GET", "/v1/transfers").json["data"] == [])
        await router.stop()
    }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
}
