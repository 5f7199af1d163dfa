import Foundation
import Logging
import Testing

@testable import Sandbox

/// Disturbances on request: for any operator, one operation, and so many requests.
@Suite struct FaultTests {
    private func set(_ json: String, _ sandbox: TestSandbox) async throws {
        let reply = try #require(await sandbox.post("/_faults", json: json, method: "PUT").reply)
        #expect(reply.status == 200, "\(reply.text)")
    }

    private static func body(_ fault: String, _ more: String = "", on name: String = "tmoney", count: Int = 1) -> String
    {
        let operation = name == "card" || name == "tmoney" ? "collect" : "open"
        return #"{"operator":"\#(name)","operation":"\#(operation)","count":\#(count),"fault":"\#(fault)"\#(more)}"#
    }

    @Test func `a dropped request never arrived`() async throws {
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            try await set(Self.body("drop_before", count: 2), sandbox)
            for _ in 1...2 { #expect(await sandbox.debit("r1", phone: phone(1), token: token).isDropped) }
            await sandbox.clock.advance(10_000)
            #expect(sandbox.server.movements.isEmpty && sandbox.count("debit", "r1") == 0)
            #expect(await sandbox.debit("r1", phone: phone(1), token: token).reply?.json["code"].string == "2000")
            await sandbox.clock.advance(1_000)
            #expect(sandbox.movements("r1").count == 1)
        }
    }

    @Test(arguments: [1, 3, 7])
    func `a dropped answer leaves the outcome`(number: Int) async throws {
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            try await set(Self.body("drop_after"), sandbox)
            #expect(await sandbox.debit("r1", phone: phone(number), token: token).isDropped)
            await sandbox.clock.advance(10_000)
            // 3 keeps its outcome; 7 is itself about a lost answer and behaves like 1.
            #expect(sandbox.movements("r1").count == (number == 3 ? 0 : 1))
            #expect(sandbox.count("debit", "r1") == 1)
        }
    }

    @Test func `a delay comes after the execution`() async throws {
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            try await set(Self.body("delay", #","milliseconds":7000"#), sandbox)
            async let ending = sandbox.debit("r1", phone: phone(1), token: token)
            await sandbox.clock.awaitScheduled(in: 7_000)
            await sandbox.clock.advance(6_999)
            #expect(sandbox.movements("r1").count == 1)
            await sandbox.clock.advance(1)
            #expect(await ending.reply?.json["code"].string == "2000")
        }
    }

    @Test(arguments: [("", 0), (#","executes":false"#, 0), (#","executes":true"#, 1)])
    func `a status executes only if asked`(more: String, movements: Int) async throws {
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            try await set(Self.body("status", #","status":503"# + more), sandbox)
            #expect(await sandbox.debit("r1", phone: phone(1), token: token).reply?.status == 503)
            await sandbox.clock.advance(10_000)
            #expect(sandbox.server.movements.count == movements)
        }
    }

    @Test(arguments: [("", 1), (#","executes":false"#, 0)])
    func `garbage is no answer`(more: String, movements: Int) async throws {
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            try await set(Self.body("garbage", more), sandbox)
            let reply = try #require(await sandbox.debit("r1", phone: phone(6), token: token).reply)
            #expect(reply.status == 200 && !reply.json.exists && !reply.body.isEmpty)
            await sandbox.clock.advance(10_000)
            #expect(sandbox.server.movements.count == movements)
        }
    }

    @Test(arguments: ["wrong_amount", "wrong_currency", "unknown_code"])
    func `facts are wrong`(fault: String) async throws {
        let answer = Answer(
            status: 200,
            body: Array(#"{"code":"0000","Montant": "5000","amount":5000,"currency":"XOF","idrequete":"5000"}"#.utf8))
        let told =
            switch fault {
            case "wrong_amount": AnswerTampering.raisingAmounts(answer)
            case "wrong_currency": AnswerTampering.exchangingCurrencies(answer)
            default: AnswerTampering.inventingCodes(answer)
            }
        let expected = [
            "wrong_amount": #"{"code":"0000","Montant": "5001","amount":5001,"currency":"XOF","idrequete":"5000"}"#,
            "wrong_currency": #"{"code":"0000","Montant": "5000","amount":5000,"currency":"XTS","idrequete":"5000"}"#,
            "unknown_code": #"{"code":"7777","Montant": "5000","amount":5000,"currency":"XOF","idrequete":"5000"}"#,
        ]
        #expect(String(decoding: told.body, as: UTF8.self) == expected[fault])
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            try await set(Self.body(fault), sandbox)
            let reply = try #require(await sandbox.debit("r1", phone: phone(1), token: token).reply)
            #expect(reply.status == 200)
            await sandbox.clock.advance(10_000)
            #expect(sandbox.movements("r1").count == 1)
        }
    }

    @Test(arguments: [("duplicate_callback", 3), ("withhold_callback", 0)])
    func `callbacks are overruled`(fault: String, count: Int) async throws {
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            try await set(Self.body(fault), sandbox)
            for name in ["r1", "r2"] { _ = await sandbox.debit(name, phone: phone(1), token: token) }
            await sandbox.clock.advance(10_000)
            #expect(sandbox.server.movements.count == 2)
            let names = sandbox.bin.arrivals.map { $0.json["idRequete"].string }
            #expect(names.filter { $0 == "r1" }.count == count && names.filter { $0 == "r2" }.count == 1)
        }
    }

    @Test func `every operator has them`() async throws {
        try await TestSandbox.run { sandbox in
            try await set(Self.body("drop_before", on: "flouci"), sandbox)
            #expect(await sandbox.generate("t1", amount: 1001).isDropped)
            #expect(await sandbox.generate("t1", amount: 1001).reply?.status == 200)
            try await set(Self.body("drop_after", on: "card"), sandbox)
            let form = "amount=5000&currency=usd&source=tok_visa&metadata[reference]=c1"
            #expect(await sandbox.card("charges", form).isDropped)
            #expect(sandbox.movements("c1").count == 1)
        }
    }

    @Test func `money that leaves meets them too`() async throws {
        try await TestSandbox.run { sandbox in
            let fault = #"{"operator":"mtn-momo","operation":"payout","count":1,"fault":"drop_after"}"#
            try await set(fault, sandbox)
            let partner = try await sandbox.mtn("disbursement")
            let id = TestSandbox.uuid(1)
            #expect(await sandbox.mtn(partner, "transfer", id, phone: "237670000001").isDropped)
            let again = await sandbox.mtn(partner, "transfer", id, phone: "237670000001")
            #expect(again.reply?.status == 409)
            await sandbox.clock.advance(1_000)
            #expect(sandbox.movements(id).count == 1)
            try await set(
                #"{"operator":"tmoney","operation":"payout","count":1,"fault":"status","status":503}"#, sandbox)
            let token = try await sandbox.tmoneyToken()
            let body = TestSandbox.debitBody("c1", phone: phone(1))
            let credit = await sandbox.post("/tmoney/api/tpcredit", json: body, bearer: token)
            #expect(credit.reply?.status == 503 && sandbox.movements("c1").isEmpty)
        }
    }

    /// Some calls of each operator that prompts phones or pays to them, and of the older ones.
    static let calls: [String: [(String, String, SandboxOperation)]] = [
        "tmoney": [
            ("POST", "/login", .login), ("POST", "/tmoney-middleware/debit", .collect),
            ("POST", "/api/tpcredit", .payout), ("GET", "/v1/credit", .payout),
            ("GET", "/api/tpcredit/check-transaction-id", .check),
        ],
        "flouci": [("POST", "/api/v2/generate_payment", .open), ("POST", "/api/accept", .collect)],
        "card": [("POST", "/v1/charges", .collect), ("POST", "/v1/payment_intents/pi_1/confirm", .collect)],
        "mtn-momo": [
            ("POST", "/collection/token/", .login), ("POST", "/collection/v1_0/requesttopay", .collect),
            ("POST", "/disbursement/v1_0/transfer", .payout), ("POST", "/disbursement/v1_0/refund", .refund),
            ("GET", "/collection/v1_0/requesttopay/x", .check),
            ("GET", "/disbursement/v1_0/account/balance", .balance),
            ("GET", "/collection/v1_0/accountholder/msisdn/1/active", .party),
        ],
        "paygate": [
            ("POST", "/api/v1/pay", .collect), ("POST", "/api/v1/disburse", .payout),
            ("POST", "/api/v2/status", .check), ("POST", "/api/v1/check-balance", .balance),
        ],
        "flooz": [
            ("POST", "/Flooz/DebitService/Debit", .collect), ("POST", "/floozdebitapi/flooz/verify", .check),
            ("GET", "/token", .login),
        ],
    ]

    @Test(arguments: calls.keys.sorted())
    func `operators name their operations`(_ name: String) throws {
        let mine = try #require(Self.calls[name])
        let kind = try #require(SandboxOperator(rawValue: name).flatMap { SimulatedOperators.named($0) })
        let stage = Stage(clock: ManualClock())
        let logger = Logger(label: "test")
        let courier = CallbackSender(stage: stage, send: { _ in nil }, logger: logger)
        let recorder = try Recorder(folder: nil, stage: stage, callbackSender: courier)
        let tools = OperatorTools(
            stage: stage, recorder: recorder, address: PublicAddress(""),
            blocked: BlockedWallets(recorder), callers: CallerList(), idempotencyWindowMilliseconds: 0, logger: logger)
        let one = kind.init(tools)
        for (method, path, operation) in mine {
            #expect(one.operation(of: SandboxRequest(method: method, path: path)) == operation, "\(method) \(path)")
        }
        #expect(one.operation(of: SandboxRequest(method: "GET", path: "/phones/1")) == nil)
    }

    @Test(
        arguments: SandboxScenario.all.filter {
            ["tmoney", "mtn-momo", "paygate", "flooz"].contains($0.operator.rawValue)
        })
    func `whatever a scenario asks for can be disturbed`(_ scenario: SandboxScenario) throws {
        let mine = try #require(Self.calls[scenario.operator.rawValue])
        #expect(mine.contains { $0.2.rawValue == scenario.operation.rawValue })
    }

    @Test func `other operations are left alone`() async throws {
        try await TestSandbox.run { sandbox in
            let body = #"{"operator":"tmoney","operation":"check","count":1,"fault":"drop_before"}"#
            try await set(body, sandbox)
            let token = try await sandbox.tmoneyToken()
            #expect(await sandbox.debit("r1", phone: phone(1), token: token).reply?.status == 200)
            #expect(await sandbox.status("r1", token: token).isDropped)
            #expect(await sandbox.status("r1", token: token).reply?.status == 200)
        }
    }

    @Test func `what waits is listed and forgotten`() async throws {
        try await TestSandbox.run { sandbox in
            try await set(Self.body("drop_before", count: 5), sandbox)
            try await set(Self.body("delay", #","milliseconds":9"#, count: 2), sandbox)
            try await set(Self.body("drop_after", on: "card"), sandbox)
            let list = try #require(await sandbox.get("/_faults").reply).json["faults"]
            #expect(list.count == 2)
            #expect(list[0]["fault"].string == "delay" && list[0]["count"].int == 2)
            #expect(list[0]["milliseconds"].int == 9 && list[1]["operator"].string == "card")
            let port = sandbox.port
            #expect(await Wire.exchange(port: port, "DELETE", "/_faults?operator=bank").reply?.status == 400)
            let left = await Wire.exchange(port: port, "DELETE", "/_faults?operator=card").reply?.json["faults"]
            #expect(left?.count == 1)
            #expect(await Wire.exchange(port: port, "DELETE", "/_faults").reply?.json["faults"].count == 0)
        }
    }

    @Test(arguments: [
        ("no", "body:"), ("{}", "operator: missing"), (body("drop_never"), "fault: one of drop_before,"),
        (body("drop_after", on: "bank"), "operator: one of tmoney,"), (body("drop_after", count: 0), "count: 1 to"),
        (body("drop_after", #","x":1"#), "x: unknown"), (body("delay"), "milliseconds: "),
        (body("drop_after", #","milliseconds":1"#), "milliseconds: "),
        (body("delay", #","milliseconds":-1"#), "milliseconds: "), (body("status"), "status: "),
        (body("status", #","status":99"#), "status: "), (body("drop_after", #","executes":true"#), "executes: "),
        (#"{"operator":"tmoney","operation":"pay","count":1,"fault":"delay"}"#, "operation: one of login,"),
        (#"{"operator":"tmoney","operation":"collect","count":"1","fault":"delay"}"#, "count: wrong type"),
    ])
    func `mistakes are named`(body: String, complaint: String) async throws {
        try await TestSandbox.run { sandbox in
            let reply = try #require(await sandbox.post("/_faults", json: body, method: "PUT").reply)
            #expect(reply.status == 400)
            #expect(reply.json["error"].string?.hasPrefix(complaint) == true, "\(reply.text)")
            #expect(await sandbox.get("/_faults").reply?.json["faults"].count == 0)
        }
    }
}
