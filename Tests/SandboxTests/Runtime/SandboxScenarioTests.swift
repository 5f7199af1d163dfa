import Sandbox
import Testing

/// The public list of magic values tells the truth about the books.
@Suite struct SandboxScenarioTests {
    /// The operators that this suite can drive; the others have a suite like it in their folder.
    static let driven = SandboxScenario.all.filter { [.tmoney, .flouci, .card].contains($0.operator) }
        .filter { $0.operation == .collect }

    @Test(arguments: driven) func `books agree`(_ scenario: SandboxScenario) async throws {
        try await TestSandbox.run { sandbox in
            let clock = sandbox.clock
            let token = try await sandbox.tmoneyToken()
            var sent: Task<Void, Never>?
            switch scenario.trigger {
            case .phone(let number):
                sent = Task { _ = await sandbox.debit("ref", phone: number, token: token) }
            case .amount(let amount):
                guard scenario.channel != "card" else {
                    let page = try await sandbox.session("ref", amount: amount)["id"].string ?? ""
                    _ = await sandbox.get("/card/c/pay/\(page)")
                    break
                }
                let session = await sandbox.generate("ref", amount: amount).reply
                if let id = session?.json["result"]["payment_id"].string { await sandbox.visit(id) }
            case .code(let code): sent = Task { _ = await sandbox.accept("ref", code: code, amount: "5000") }
            case .token(let card):
                let id = try await sandbox.intent("ref", token: card)
                sent = Task { _ = await sandbox.confirm(id) }
            case .refundAmount, .billAccount: Issue.record("no collection among the collections")
            }
            if scenario.name == "fault_hanging_answer"
                || (scenario.name == "no_answer" && ["flouci-code", "card"].contains(scenario.channel)
                    && !scenario.actsWhenOpened)
            {
                await clock.awaitScheduled(in: 60_000)
                await clock.advance(60_000)
            } else if scenario.name == "fault_callback_before_answer" {
                await clock.awaitScheduled(in: 1_500)
                await clock.advance(1_500)
            }
            await sent?.value
            await clock.advance(10_000)
            let amounts = sandbox.movements("ref").map(\.amount)
            switch scenario.execution {
            case .executed: #expect(amounts.count == 1)
            case .notExecuted, .executedIfRepeated: #expect(amounts.isEmpty)
            case .executedDifferently: #expect(amounts.count == 1)
            }
            #expect(sandbox.server.movements.count == amounts.count)
        }
    }

    @Test func `public outcomes are the designs`() {
        let names: Set = [
            "succeeds", "succeeds_later", "insufficient_funds", "declined", "no_answer", "lost_answer_executed",
            "lost_answer_not_executed", "error_after_executing", "error_without_executing", "duplicate_callback",
            "late_success",
        ]
        for channel in ["tmoney", "card"] {
            let mine = SandboxScenario.all.filter {
                $0.channel == channel && $0.operation == .collect && $0.isPublic && !$0.actsWhenOpened
            }
            #expect(Set(mine.map(\.name)) == names)
            #expect(mine.count == names.count)
        }
        let all = SandboxScenario.all
        let ofBillers: Set = ["unknown_meter", "meter_blocked", "token_later", "lost_answer_token_later"]
        #expect(
            all.allSatisfy { scenario in
                !scenario.isPublic || names.contains(scenario.name)
                    || (scenario.operator == .gsmaBiller && ofBillers.contains(scenario.name))
            })
        let keys = all.map { "\($0.channel) \($0.operation) \($0.trigger) \($0.others) \($0.metadata)" }
        #expect(Set(keys).count == all.count)
    }

    @Test func `every operator is listed`() {
        let names = SandboxOperator.allCases.map(\.rawValue)
        #expect(Set(names).count == names.count && names.starts(with: ["tmoney", "flouci", "card"]))
        #expect(Set(SandboxScenario.all.map(\.operator.rawValue)) == Set(names))
        #expect(SandboxOperator(rawValue: "bank") == nil)
        #expect(SandboxAccountRule.all.allSatisfy { names.contains($0.operator.rawValue) })
    }
}
