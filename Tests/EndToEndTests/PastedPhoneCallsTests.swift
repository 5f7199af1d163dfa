import Foundation
import Router
import Testing

@testable import Host

/// Phone numbers as callers and payers give them.
@Suite("Pasted phones", .timeLimit(.minutes(10)))
struct PastedPhoneCallsTests {
    private func explain(
        _ router: RunningRouter, _ phone: String, _ more: [String: JSONValue] = [:]
    ) async
        -> RunningRouter.Answer
    {
        var body = JSONObject([
            .init("amount", 5_000), .init("currency", "XOF"), .init("customer", ["phone": .string(phone)]),
        ])
        for (name, value) in more { body[name] = value }
        return await router.call("POST", "/v1/routes/explain", .object(body))
    }

    @Test
    func `the request's country counts, else the app's, else the number must be international`() async throws {
        let router = try await RunningRouter()
        let refused = await explain(router, "90 00 00 01", ["channel": "tmoney"])
        #expect(refused.status == 422 && refused.json["code"] == "invalid_phone")
        #expect(refused.json["detail"]?.stringValue?.contains("default_country") == true)
        let own = await explain(router, "90 00 00 01", ["channel": "tmoney", "default_country": "TG"])
        #expect(own.status == 200 && own.json["plan"]?.arrayValue?.isEmpty == false)
        let unknown = await explain(router, "90 00 00 01", ["default_country": "tg"])
        #expect(unknown.status == 400 && unknown.json["errors"]?.arrayValue?.first?["pointer"] == "/default_country")

        let set = await router.admin("POST", "/apps/demo/default-country", ["country": "TG"])
        #expect(set.status == 200 && set.json["default_country"] == "TG")
        #expect(await router.admin("POST", "/apps/demo/default-country", ["country": "XX"]).status == 400)
        #expect(await explain(router, "90 00 00 01", ["channel": "tmoney"]).status == 200)
        #expect(await explain(router, "90 00 00 01", ["channel": "tmoney", "default_country": "CM"]).status == 422)
        let made = await router.create([
            "amount": 5_000, "currency": "XOF", "channel": "tmoney", "customer": ["phone": "90.00.00.01"],
        ])
        #expect(made.status < 300 && made.json["customer"]?["phone"] == "+228******01")
        let paid = await router.call(
            "POST", "/v1/payouts",
            ["amount": 5_000, "currency": "XOF", "channel": "tmoney", "party": ["phone": "90000001"]],
            idempotencyKey: UUID().uuidString)
        #expect(paid.status < 300 && paid.json["party"]?["phone"] == "+228******01")
        let listed = await router.call("GET", "/v1/payments?phone=90000001")
        #expect(listed.json["data"]?.arrayValue?.count == 1)
        #expect(await router.call("GET", "/v1/channels?currency=XOF&phone=90000001").status == 200)
        let other = await router.call("GET", "/v1/channels?currency=XAF&phone=670000001&default_country=CM")
        #expect(other.json["data"]?.arrayValue?.contains { $0["channel"] == "mtn-momo" } == true)

        #expect(await router.admin("POST", "/apps/demo/default-country", ["country": .null]).status == 200)
        #expect(await explain(router, "90 00 00 01", ["channel": "tmoney"]).status == 422)
        await router.stop()
    }

    @Test
    func `refusals say why, and Benin's old numbers are answered with the new one`() async throws {
        let router = try await RunningRouter()
        for (phone, words) in [
            ("+229 95 12 34 56", "+2290195123456"), ("+228 22 21 12 34", "landline"),
            ("+228 95 11 22 33", "no mobile number"),
            ("+228 90 11 22 3", "8 digits"), ("+378282246310005", "card"),
        ] {
            let answer = await explain(router, phone)
            #expect(answer.status == 422 && answer.json["code"] == "invalid_phone", "\(phone)")
            #expect(answer.json["detail"]?.stringValue?.contains(words) == true, "\(answer.json)")
        }
        await router.stop()
    }

    @Test
    func `a number of a country without a plan pays where no phone is needed, and nowhere else`() async throws {
        let router = try await RunningRouter()
        let body: [String: JSONValue] = ["currency": "USD", "channel": "card", "source": ["token": "tok_visa"]]
        let card = await explain(router, "+49 151 12345678", body)
        #expect(card.status == 200 && card.json["plan"]?.arrayValue?.isEmpty == false, "\(card.json)")
        let prompt = await explain(router, "+49 151 12345678", ["channel": "tmoney"])
        #expect(prompt.status == 200 && prompt.json["plan"]?.arrayValue?.isEmpty == true)
        #expect("\(prompt.json)".contains("not of DE"))
        let made = await router.create([
            "amount": 5_000, "currency": "USD", "channel": "card", "source": ["token": "tok_visa"],
            "customer": ["phone": "+49 151 12345678"],
        ])
        #expect(made.status < 300, "\(made.json)")
        let id = made.json["id"]?.stringValue ?? ""
        let read = await router.call("GET", "/v1/payments/\(id)")
        #expect(read.json["customer"]?["phone"] == "+49*********78", "it is kept as it came")
        await router.stop()
    }

    @Test
    func `payers paste their numbers into the hosted page; an old one of Benin is answered there, too`() async throws {
        let router = try await RunningRouter()
        let togo = ["amount": "5000", "currency": "XOF", "reference": "cart-1"]
        for (place, phone) in [
            "\u{202A}+22890000001\u{202C}", "+228\u{202F}90\u{202F}00\u{202F}00\u{202F}01", "90/00/00/01",
            "(0)90 00 00 01",
            "\u{FF0B}\u{FF12}\u{FF12}\u{FF18}90000001",
        ].enumerated() {
            var fields = togo
            fields["reference"] = "pasted-\(place)"
            let page = try #require(await CheckoutPage(on: router, fields))
            #expect(await page.submit("choose", ["channel": "tmoney", "phone": phone]) == 303, "\(phone)")
        }
        let page = try #require(await CheckoutPage(on: router, togo))
        #expect(await page.submit("choose", ["channel": "tmoney", "phone": "+229 95 12 34 56"]) == 422)
        await router.stop()
    }
}
