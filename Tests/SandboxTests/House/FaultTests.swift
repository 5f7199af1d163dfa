import Foundation
import Sandbox
import Testing

/// Disturbances on request: for any operator, one operation, and so many requests.
@Suite struct FaultTests {
    private func set(_ json: String, _ practice: Practice) async throws {
        let reply = try #require(await practice.post("/_faults", json: json, method: "PUT").reply)
        #expect(reply.status == 200, "\(reply.text)")
    }

    private static func body(_ fault: String, _ more: String = "", on name: String = "tmoney", count: Int = 1) -> String
    {
        let operation = name == "card" || name == "tmoney" ? "collect" : "open"
        return #"{"operator":"\#(name)","operation":"\#(operation)","count":\#(count),"fault":"\#(fault)"\#(more)}"#
    }

    @Test func aDroppedRequestNeverArrived() async throws {
        try await Practice.run { practice in
            let token = try await practice.tmoneyToken()
            try await set(Self.body("drop_before", count: 2), practice)
            for _ in 1...2 { #expect(await practice.debit("r1", phone: phone(1), token: token).isDropped) }
            await practice.clock.advance(10_000)
            #expect(practice.server.movements.isEmpty && practice.count("debit", "r1") == 0)
            #expect(await practice.debit("r1", phone: phone(1), token: token).reply?.json["code"].string == "2000")
            await practice.clock.advance(1_000)
            #expect(practice.movements("r1").count == 1)
        }
    }

    @Test(arguments: [1, 3, 7])
    func aDroppedAnswerLeavesTheOutcome(number: Int) async throws {
        try await Practice.run { practice in
            let token = try await practice.tmoneyToken()
            try await set(Self.body("drop_after"), practice)
            #expect(await practice.debit("r1", phone: phone(number), token: token).isDropped)
            await practice.clock.advance(10_000)
            // 3 keeps its outcome; 7 is itself about a lost answer and behaves like 1.
            #expect(practice.movements("r1").count == (number == 3 ? 0 : 1))
            #expect(practice.count("debit", "r1") == 1)
        }
    }

    @Test func aDelayComesAfterTheExecution() async throws {
        try await Practice.run { practice in
            let token = try await practice.tmoneyToken()
            try await set(Self.body("delay", #","milliseconds":7000"#), practice)
            async let ending = practice.debit("r1", phone: phone(1), token: token)
            await practice.clock.awaitScheduled(in: 7_000)
            await practice.clock.advance(6_999)
            #expect(practice.movements("r1").count == 1)
            await practice.clock.advance(1)
            #expect(await ending.reply?.json["code"].string == "2000")
        }
    }

    @Test(arguments: [("", 0), (#","executes":false"#, 0), (#","executes":true"#, 1)])
    func aStatusExecutesOnlyIfAsked(more: String, movements: Int) async throws {
        try await Practice.run { practice in
            let token = try await practice.tmoneyToken()
            try await set(Self.body("status", #","status":503"# + more), practice)
            #expect(await practice.debit("r1", phone: phone(1), token: token).reply?.status == 503)
            await practice.clock.advance(10_000)
            #expect(practice.server.movements.count == movements)
        }
    }

    @Test(arguments: [("", 1), (#","executes":false"#, 0)])
    func garbageIsNoAnswer(more: String, movements: Int) async throws {
        try await Practice.run { practice in
            let token = try await practice.tmoneyToken()
            try await set(Self.body("garbage", more), practice)
            let reply = try #require(await practice.debit("r1", phone: phone(6), token: token).reply)
            #expect(reply.status == 200 && !reply.json.exists && !reply.body.isEmpty)
            await practice.clock.advance(10_000)
            #expect(practice.server.movements.count == movements)
        }
    }

    @Test(arguments: [("duplicate_callback", 3), ("withhold_callback", 0)])
    func callbacksAreOverruled(fault: String, count: Int) async throws {
        try await Practice.run { practice in
            let token = try await practice.tmoneyToken()
            try await set(Self.body(fault), practice)
            for name in ["r1", "r2"] { _ = await practice.debit(name, phone: phone(1), token: token) }
            await practice.clock.advance(10_000)
            #expect(practice.server.movements.count == 2)
            let names = practice.bin.arrivals.map { $0.json["idRequete"].string }
            #expect(names.filter { $0 == "r1" }.count == count && names.filter { $0 == "r2" }.count == 1)
        }
    }

    @Test func everyOperatorHasThem() async throws {
        try await Practice.run { practice in
            try await set(Self.body("drop_before", on: "flouci"), practice)
            #expect(await practice.generate("t1", amount: 1001).isDropped)
            #expect(await practice.generate("t1", amount: 1001).reply?.status == 200)
            try await set(Self.body("drop_after", on: "card"), practice)
            let form = "amount=5000&currency=usd&source=tok_visa&metadata[reference]=c1"
            #expect(await practice.card("charges", form).isDropped)
            #expect(practice.movements("c1").count == 1)
        }
    }

    @Test func otherOperationsAreLeftAlone() async throws {
        try await Practice.run { practice in
            let body = #"{"operator":"tmoney","operation":"check","count":1,"fault":"drop_before"}"#
            try await set(body, practice)
            let token = try await practice.tmoneyToken()
            #expect(await practice.debit("r1", phone: phone(1), token: token).reply?.status == 200)
            #expect(await practice.status("r1", token: token).isDropped)
            #expect(await practice.status("r1", token: token).reply?.status == 200)
        }
    }

    @Test func whatWaitsIsListedAndForgotten() async throws {
        try await Practice.run { practice in
            try await set(Self.body("drop_before", count: 5), practice)
            try await set(Self.body("delay", #","milliseconds":9"#, count: 2), practice)
            try await set(Self.body("drop_after", on: "card"), practice)
            let list = try #require(await practice.get("/_faults").reply).json["faults"]
            #expect(list.count == 2)
            #expect(list[0]["fault"].string == "delay" && list[0]["count"].int == 2)
            #expect(list[0]["milliseconds"].int == 9 && list[1]["operator"].string == "card")
            let port = practice.port
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
    func mistakesAreNamed(body: String, complaint: String) async throws {
        try await Practice.run { practice in
            let reply = try #require(await practice.post("/_faults", json: body, method: "PUT").reply)
            #expect(reply.status == 400)
            #expect(reply.json["error"].string?.hasPrefix(complaint) == true, "\(reply.text)")
            #expect(await practice.get("/_faults").reply?.json["faults"].count == 0)
        }
    }
}
