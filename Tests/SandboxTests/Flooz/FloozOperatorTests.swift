import Foundation
import Sandbox
import Testing

/// The wire, the strict header, the magic phones.
///
/// Headers here were made with the openssl command, so the operator is judged by another hand than the router's.
@Suite struct FloozOperatorTests {
    /// `16:demo-constant:flooz-practice-password`, zero vector.
    static let constant = "A6bbTbx3LbcMCpNaEB2Cp124dkJQcS0Zqku+cGuUxwMthPaTrPn0cQnpZr1oDMMk"
    /// The same with the vector `000102…0f` before it.
    static let withVector = "AAECAwQFBgcICQoLDA0ODw==:IY13w52M5uFmauPY3yWTpAeVOvmOCYkPTNOR0RpVc9R/tEChmMSCcX0xQ2NPDCVq"
    /// `7:demo:flooz-practice-password`, good once.
    static let once = "YG8U0m0bHuxf7JBAT5mSQHuvU7G/MvI1fwbhG5npDic="

    private func call(
        _ sandbox: TestSandbox, _ path: String, _ body: String, header: String? = constant
    ) async -> Wire.Ending {
        var headers = ["Content-Type": "application/json"]
        headers["Authorization"] = header
        return await Wire.exchange(
            port: sandbox.port, "POST", "/flooz\(path)", headers: headers, body: Data(body.utf8))
    }

    private func debit(
        _ sandbox: TestSandbox, _ id: String, _ phone: String, header: String? = constant,
        path: String = "/payment/HttpService/json/cv/debit", amount: String = "\"5000\"",
        key: String = SandboxCredentials.floozMerchantKey
    ) async -> Wire.Ending {
        await call(
            sandbox, path,
            #"{"msisdn":"\#(phone)","mrchrefid":"\#(id)","key":"\#(key)","mrchname":"B","#
                + #""partnermsisdn":"\#(SandboxCredentials.floozPartner)","amount":\#(amount)}"#,
            header: header)
    }

    private func verify(
        _ sandbox: TestSandbox, _ id: String, path: String = "/payment/HttpService/json/cv/Verify"
    ) async -> Wire.Reply? {
        await call(
            sandbox, path, #"{"mrchrefid":"\#(id)","partnermsisdn":"\#(SandboxCredentials.floozPartner)"}"#
        ).reply
    }

    private func register(_ sandbox: TestSandbox) throws {
        for account in [SandboxCredentials.floozUser, SandboxCredentials.floozConstantUser] {
            try sandbox.server.register(
                SandboxRegistration(operator: .flooz, account: account, callbackURL: "http://partner.example/fz"))
        }
    }

    @Test(arguments: SandboxScenario.all.filter { $0.operator == .flooz })
    func `books agree`(_ scenario: SandboxScenario) async throws {
        try await TestSandbox.run { sandbox in
            try register(sandbox)
            let ending = await debit(sandbox, "f1", scenario.trigger.text)
            if case .stuck = ending { Issue.record("neither an answer nor an end") }
            await sandbox.clock.advance(10_000)
            let amounts = sandbox.movements("f1").map(\.amount)
            switch scenario.execution {
            case .executed, .executedIfRepeated: #expect(amounts == [5_000])
            case .executedDifferently: #expect(amounts == [5_001])
            case .notExecuted: #expect(amounts.isEmpty)
            }
            let codes = [
                "fault_prompt_open": 8, "fault_prompt_waits": 9, "fault_failed_at_once": 10, "fault_failed": 100,
            ]
            if let code = codes[scenario.name] {
                #expect(ending.reply?.json["status"].int == code)
                return
            }
            if scenario.name == "fault_status_unavailable" {
                for _ in 1...3 { #expect(await verify(sandbox, "f1")?.status == 500) }
            }
            let details = try #require(await verify(sandbox, "f1")).json["details"]
            switch scenario.name {
            case "lost_answer_not_executed", "fault_html_answer": #expect(details.isNull)
            case "no_answer": #expect(details["status"].isNull && details["pushussd"].string == "SUCCESS")
            case "declined": #expect(details["status"].int == 100)
            default: #expect(details["status"].int == (amounts.isEmpty ? 10 : 0))
            }
            #expect((details["referenceid"].string?.isEmpty ?? true) == amounts.isEmpty)
            let expected = [
                "succeeds": 1, "succeeds_later": 1, "insufficient_funds": 1, "declined": 1, "duplicate_callback": 3,
                "late_success": 1, "fault_wrong_amount": 1, "fault_form_callback": 1,
            ]
            #expect(sandbox.bin.arrivals.count == expected[scenario.name, default: 0])
            let isForm = scenario.name == "fault_form_callback"
            for arrival in sandbox.bin.arrivals {
                #expect(
                    arrival.header("Content-Type")
                        == (isForm ? "application/x-www-form-urlencoded" : "application/json"))
                let text = String(decoding: arrival.callback.body, as: UTF8.self)
                #expect(text.contains(isForm ? "&mrchrefid=f1&" : #""mrchrefid":"f1""#))
            }
        }
    }

    @Test func `the header is checked strictly`() async throws {
        try await TestSandbox.run { sandbox in
            func code(_ header: String?, _ id: String) async -> Int? {
                await debit(sandbox, id, "22899000001", header: header).reply?.json["status"].int
            }
            #expect(await code(Self.once, "a1") == 0)
            // The number was used.
            #expect(await code(Self.once, "a2") == 99)
            #expect(await code(Self.constant, "a3") == 0)
            #expect(await code(Self.constant, "a4") == 0)
            #expect(await code(Self.withVector, "a5") == 0)
            #expect(await code(SandboxCredentials.floozAPIKey, "a6") == 0)
            let wrong: [String?] = [
                nil, "", "Bearer " + Self.constant, Self.constant + "AAAA", String(Self.constant.dropLast(4)),
                "AAAA:" + Self.constant, "x", Self.withVector + ":" + Self.constant,
                // The last block flipped: the padding or the password is wrong.
                String(Self.constant.dropLast(3)) + "A==",
            ]
            for header in wrong { #expect(await code(header, "w") == 99, "\(header ?? "none")") }
            await sandbox.clock.advance(1_000)
            // All are due at one moment, in whatever order.
            #expect(sandbox.server.movements.map(\.reference).sorted() == ["a1", "a3", "a4", "a5", "a6"])
        }
    }

    @Test func `tokens are handed out`() async throws {
        try await TestSandbox.run { sandbox in
            let base = "/flooz/token?index=1050&username=demo&password="
            #expect(await sandbox.get(base + "wrong").reply?.status == 401)
            let token = try #require(
                await sandbox.get(base + SandboxCredentials.floozPassword).reply?.json["key"].string)
            #expect(await debit(sandbox, "t1", "22899000001", header: token).reply?.json["status"].int == 0)
        }
    }

    @Test(arguments: [
        ("/payment/HttpService/json/cv/debit", "/payment/HttpService/json/cv/Verify"),
        ("/Flooz/DebitService/Debit", "/Flooz/DebitService/Verify"),
        ("/floozdebitapi/flooz/debitService", "/floozdebitapi/flooz/verify"),
    ])
    func `every layout`(debitPath: String, verifyPath: String) async throws {
        try await TestSandbox.run { sandbox in
            let answer = try #require(
                await debit(sandbox, "l1", "22899000001", path: debitPath, amount: "5000").reply
            ).json
            #expect(answer["status"].int == 0 && answer["mrorrefid"].string?.hasPrefix("FZ") == true)
            await sandbox.clock.advance(1_000)
            let details = try #require(await verify(sandbox, "l1", path: verifyPath)).json["details"]
            #expect(details["mrorreference"].string == answer["mrorrefid"].string && details["amount"].int == 5_000)
        }
    }

    @Test func `what is wrong is refused`() async throws {
        try await TestSandbox.run { sandbox in
            func code(_ ending: Wire.Ending) -> Int? { ending.reply?.json["status"].int }
            #expect(code(await call(sandbox, "/flooz/verify", "{}")) == nil)
            #expect(code(await debit(sandbox, "", "22899000001")) == 1)
            #expect(code(await debit(sandbox, "b1", "99000001")) == 3)
            #expect(code(await debit(sandbox, "b1", "22899000001", amount: "0")) == 3)
            #expect(code(await debit(sandbox, "b1", "22899000001", amount: "\"5 000\"")) == 3)
            #expect(code(await debit(sandbox, "b1", "22899000001", key: "other")) == 5)
            #expect(code(await debit(sandbox, "b1", "22899000001")) == 0)
            #expect(code(await debit(sandbox, "b1", "22899000001")) == 4)
            #expect(sandbox.count("debit", "b1") == 6)
        }
    }

    @Test func `a wallet has one open prompt`() async throws {
        try await TestSandbox.run { sandbox in
            try register(sandbox)
            let phone = "22899123456"
            func code(_ id: String) async -> Int? { await debit(sandbox, id, phone).reply?.json["status"].int }
            #expect(await code("o1") == 0)
            #expect(await code("o2") == 8)
            #expect(await sandbox.get("/flooz/phones/\(phone)").reply?.text.contains("5000 XOF") == true)
            _ = await sandbox.post("/flooz/phones/\(phone)/o1", form: "decision=decline")
            #expect(await code("o2") == 0)
            _ = await sandbox.post("/flooz/phones/\(phone)/o2", form: "decision=approve")
            #expect(sandbox.server.movements.map(\.reference) == ["o2"])
            #expect(await verify(sandbox, "o1")?.json["details"]["status"].int == 100)
        }
    }
}
