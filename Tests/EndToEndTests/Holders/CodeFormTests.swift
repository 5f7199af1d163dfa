import Router
import Testing

@testable import Host

/// What can be no code at all is refused as bad input, and is no try.
@Suite("What can be a one-time code", .timeLimit(.minutes(10))) struct CodeFormTests {
    /// What is no text of six digits.
    private static let malformed: [JSONValue] = [
        true, false, 493_027, .number("493027.5"), ["493027"], [], [:], ["code": "493027"], "", " ", "true", "abcdef",
        "49302",
        "4930278", "49302a", "493,027", "+493027", "493027\u{0}", .string(String(repeating: "1", count: 70)),
        .string(String(repeating: " ", count: 80) + "493027"),
    ]

    /// Makes a call with everything that is no code: all are refused, and none tells whether a try is left.
    private func refusesAll(
        _ holder: TestHolder, _ method: String, _ path: String, _ body: JSONValue,
        _ values: [JSONValue] = malformed
    ) async {
        for value in values {
            let answer = await holder.call(method, path, body.with("code", value))
            #expect(
                answer.status == 400 && answer.json["code"] == "invalid_request",
                "\(path) \(value.jsonText): \(answer.json.jsonText)")
            #expect(answer.json["errors"]?.arrayValue?.first?["pointer"] == "/code", "\(path) \(value.jsonText)")
        }
    }

    /// The digits of another script, with spaces between.
    private func written(_ code: JSONValue?, zero: UInt32) throws -> JSONValue {
        let digits = try #require(code?.stringValue)
        let scalars = digits.utf8.compactMap { Unicode.Scalar(zero + UInt32($0) - 0x30) }
        return .string(scalars.map { String($0) }.joined(separator: "\u{A0}"))
    }

    @Test func `what is no text of six digits uses no try up, whichever call it is typed for`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890170001", funds: 50_000)
        _ = try await router.holder("ben", phone: "+22890170002")
        let bill = await router.call(
            "POST", "/v1/bills", ["name": "Rent", "amount": 700, "currency": "XOF"],
            idempotencyKey: RunningRouter.fresh())
        for (purpose, path, body) in [
            ("transfer", "transfers", ["to": ["user": "ben"], "amount": 1_000, "currency": "XOF"]),
            ("cash_out", "cash_outs", ["channel": "tmoney", "amount": 1_000, "currency": "XOF"]),
            ("bill_payment", "bill_payments", ["bill": bill.json["code"] ?? .null]),
            ("bill_creation", "bills", ["name": "Lunch", "amount": 500, "currency": "XOF"]),
        ] as [(String, String, JSONValue)] {
            let agreed = try await ama.agreed(purpose, body)
            await refusesAll(ama, "POST", "/v1/wallet/\(path)", body)
            let wrong: JSONValue = agreed["code"] == "000000" ? "000001" : "000000"
            let guessed = await ama.call("POST", "/v1/wallet/\(path)", body.with("code", wrong))
            #expect(guessed.json["tries_left"] == 2, "the first try: \(guessed.json.jsonText)")
            for none in [nil, .null] as [JSONValue?] {
                let answer = await ama.call("POST", "/v1/wallet/\(path)", body.with("code", none))
                #expect(answer.status == 403 && answer.json["code"] == "code_required")
            }
            let zero: UInt32 = ["transfer": 0xFF10, "cash_out": 0x660, "bill_payment": 0xE50][purpose] ?? 0x30
            let done = await ama.call(
                "POST", "/v1/wallet/\(path)", body.with("code", try written(agreed["code"], zero: zero)))
            #expect((200...202).contains(done.status), "\(path): \(done.json.jsonText)")
        }
        // Before anything is looked at.
        await refusesAll(
            ama, "POST", "/v1/wallet/payments", ["payment": "pay_1", "token": "x"],
            Self.malformed.filter { $0.stringValue == nil })
        let change: JSONValue = ["phone": "+22890170003"]
        let agreed = try await ama.agreed("phone_change", change)
        await refusesAll(ama, "PUT", "/v1/wallet/phone", change)
        #expect(await ama.call("PUT", "/v1/wallet/phone", agreed).status == 200)
        let code = try await router.code(to: "+22890170003")
        await refusesAll(ama, "POST", "/v1/wallet/phone/confirm", [:], Self.malformed + [.null])
        let wrong: JSONValue = code == "000000" ? "000001" : "000000"
        let guessed = await ama.call("POST", "/v1/wallet/phone/confirm", ["code": wrong])
        #expect(guessed.json["tries_left"] == 2, "the first try: \(guessed.json.jsonText)")
        #expect(await ama.call("POST", "/v1/wallet/phone/confirm", ["code": .string(code)]).status == 200)
        await router.stop()
    }
}
