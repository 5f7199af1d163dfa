import Sandbox
import Testing

/// Every magic phone: what the wire answers, what status tells, what the books hold, what is called back.
@Suite struct TMoneyScenarioTests {
    /// What one magic phone does.
    struct Case: Sendable, CustomTestStringConvertible {
        var number: Int
        var answer: Answer
        /// Status and code once it has ended (or for good).
        var end: (status: String, code: String)?
        /// When it ends.
        var after: Int64 = 1_000
        var callbacks = 1
        var testDescription: String { phone(number) }
    }

    /// How the answer to the debit looks.
    enum Answer: Sendable, Hashable {
        case accepted, dropped, cut, page, generalFailure, serverError
    }

    static let success = (status: "SUCCES", code: "2002")
    static let cases: [Case] = [
        Case(number: 1, answer: .accepted, end: success),
        Case(number: 2, answer: .accepted, end: success, after: 5_000),
        Case(number: 3, answer: .accepted, end: ("ECHEC", "500")),
        Case(number: 4, answer: .accepted, end: ("ECHEC", "501")),
        Case(number: 5, answer: .accepted, end: ("EN_ATTENTE", "2000"), after: 3_600_000, callbacks: 0),
        Case(number: 6, answer: .dropped, end: success, callbacks: 0),
        Case(number: 7, answer: .dropped, callbacks: 0),
        Case(number: 8, answer: .serverError, end: success, callbacks: 0),
        Case(number: 9, answer: .serverError, end: ("ECHEC", "500"), after: 0, callbacks: 0),
        Case(number: 10, answer: .accepted, end: success, callbacks: 3),
        Case(number: 11, answer: .accepted, end: success, after: 4_000),
        Case(number: 20, answer: .page, callbacks: 0),
        Case(number: 21, answer: .cut, end: success, callbacks: 0),
        Case(number: 22, answer: .accepted, end: success),
        Case(number: 25, answer: .generalFailure, callbacks: 0),
    ]

    @Test(arguments: cases) func `behaves`(_ expected: Case) async throws {
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            let ending = await sandbox.debit("r1", phone: phone(expected.number), token: token)
            #expect(Self.read(ending) == expected.answer)
            try await expectStatus(sandbox, token, before: expected)
            await sandbox.clock.advance(expected.after)
            await sandbox.clock.advance(200)
            try await expectEnd(sandbox, expected)
        }
    }

    private func expectStatus(_ sandbox: TestSandbox, _ token: String, before expected: Case) async throws {
        let status = try #require(await sandbox.status("r1", token: token).reply?.json)
        guard let end = expected.end else {
            #expect(status["total"].int == 0)
            #expect(status["data"].count == 0)
            return
        }
        #expect(status["data"][0]["idRequete"].string == "r1")
        #expect(status["data"][0]["statutRequete"].string == (expected.after == 0 ? end.status : "EN_ATTENTE"))
        if end.status == "SUCCES" {
            await sandbox.clock.advance(expected.after - 1)
            #expect(sandbox.movements("r1").isEmpty)
        }
    }

    private func expectEnd(_ sandbox: TestSandbox, _ expected: Case) async throws {
        let token = try await sandbox.tmoneyToken()
        let data = try #require(await sandbox.status("r1", token: token).reply?.json["data"])
        #expect(data[0]["statutRequete"].string == expected.end?.status)
        #expect(data[0]["code"].string == expected.end?.code)
        let amount = expected.number == 22 ? 5001 : 5000
        if expected.end?.status == "SUCCES" {
            let movement = try #require(sandbox.movements("r1").first)
            #expect(sandbox.server.movements.count == 1)
            #expect(movement.amount == Int64(amount))
            #expect(movement.currency == "XOF")
            #expect(movement.party == phone(expected.number))
            #expect(movement.executedAtMilliseconds == ManualClock.start + expected.after)
            #expect(data[0]["montant"].int == amount)
        } else {
            #expect(sandbox.server.movements.isEmpty)
        }
        #expect(sandbox.bin.arrivals.count == expected.callbacks)
        for arrival in sandbox.bin.arrivals {
            #expect(arrival.json["statutRequete"].string == expected.end?.status)
            #expect(arrival.json["code"].string == expected.end?.code)
            #expect(arrival.json["montant"].int == amount)
        }
    }

    static func read(_ ending: Wire.Ending) -> Answer? {
        switch ending {
        case .dropped: return .dropped
        case .cut: return .cut
        case .stuck: return nil
        case .answered(let reply):
            if reply.status == 500, reply.json["code"].string == "500" { return .serverError }
            if reply.header("content-type")?.hasPrefix("text/html") == true { return .page }
            guard reply.status == 200 else { return nil }
            switch reply.json["code"].string {
            case "2000": return .accepted
            case "5000": return .generalFailure
            default: return nil
            }
        }
    }

    @Test func `two of three callbacks are sent at once`() async throws {
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            _ = await sandbox.debit("r1", phone: phone(10), token: token)
            await sandbox.clock.advance(2_000)
            let start = ManualClock.start
            #expect(sandbox.bin.arrivals.map(\.at) == [start + 1_000, start + 1_000, start + 1_200])
            #expect(Set(sandbox.bin.arrivals.map(\.callback)).count == 1)
        }
    }

    @Test func `callback may come before the answer`() async throws {
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            async let ending = sandbox.debit("r1", phone: phone(23), token: token)
            await sandbox.clock.awaitScheduled(in: 1_500)
            await sandbox.clock.runDueWork()
            #expect(sandbox.bin.arrivals.count == 1)
            #expect(sandbox.movements("r1").count == 1)
            await sandbox.clock.advance(1_500)
            #expect(Self.read(await ending) == .accepted)
        }
    }

    @Test func `answer may hang while money moves`() async throws {
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            async let ending = sandbox.debit("r1", phone: phone(26), token: token)
            await sandbox.clock.awaitScheduled(in: 60_000)
            await sandbox.clock.advance(59_000)
            #expect(sandbox.movements("r1").count == 1)
            await sandbox.clock.advance(1_000)
            #expect(Self.read(await ending) == .accepted)
            #expect(sandbox.bin.arrivals.isEmpty)
        }
    }

    @Test func `hanging answer ends with the sandbox`() async throws {
        var asked: Task<Wire.Ending, Never>?
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            asked = Task { await sandbox.debit("r1", phone: phone(26), token: token) }
            await sandbox.clock.awaitScheduled(in: 60_000)
        }
        #expect(await asked?.value.isDropped == true)
    }

    @Test func `status may fail three times`() async throws {
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            #expect(await sandbox.debit("r1", phone: phone(28), token: token).isDropped)
            await sandbox.clock.advance(1_000)
            for _ in 1...3 { #expect(await sandbox.status("r1", token: token).reply?.status == 500) }
            let reply = await sandbox.status("r1", token: token).reply
            #expect(reply?.json["data"][0]["statutRequete"].string == "SUCCES")
            #expect(sandbox.bin.arrivals.isEmpty)
        }
    }

    @Test func `revoked token needs a new login`() async throws {
        try await TestSandbox.run { sandbox in
            let old = try await sandbox.tmoneyToken()
            let refused = await sandbox.debit("r1", phone: phone(24), token: old).reply
            #expect(refused?.status == 401)
            #expect(refused?.json["code"].string == "403")
            #expect(await sandbox.status("r1", token: old).reply?.status == 401)
            let new = try await sandbox.tmoneyToken()
            #expect(Self.read(await sandbox.debit("r1", phone: phone(24), token: new)) == .accepted)
            await sandbox.clock.advance(1_000)
            #expect(sandbox.movements("r1").count == 1)
            #expect(await sandbox.debit("r2", phone: phone(24), token: new).reply?.status == 401)
        }
    }
}
