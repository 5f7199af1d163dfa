import Router
import RouterTestKit
import Testing

@testable import Host

/// What is said of a daily limit, and to whom.
@Suite struct DailyLimitAnswerTests {
    private static func refusal(
        _ subject: DailyUse.Subject, _ kind: OrderKind, room: LedgerRefusal.Room? = nil
    ) throws
        -> LedgerRefusal
    {
        let app = try RequestLimitsTests.app(1)
        let account: LedgerAccount =
            switch subject {
            case .app: .limit(of: app, .sandbox, kind, .amount)
            case .number(let mark): .limit(ofNumber: mark, .sandbox, kind, .amount)
            }
        return LedgerRefusal(account, .limit, room: room)
    }

    @Test(arguments: [
        (OrderKind.payment, RefusalPlaces.payment, "/customer/phone"), (.payout, .payout, "/party/phone"),
        (.transfer, .transfer, "/from/phone"),
    ])
    func `a number's limit names the number's member`(
        _ kind: OrderKind, _ places: RefusalPlaces, _ pointer: String
    ) throws {
        let problem = LedgerAnswers.problem(try Self.refusal(.number("0a"), kind), places)
        #expect(problem.code == .dailyLimitReached && problem.errors.map(\.pointer) == [pointer])
        #expect(!problem.detail.contains("0a"), "the fingerprint is told")
    }

    @Test func `a browser hears nothing of what the app has left`() throws {
        let problem = LedgerAnswers.problem(
            try Self.refusal(.app, .payment, room: .init(left: 700, nextEnd: Moment(milliseconds: 0))))
        #expect(problem.extra.map(\.0) == ["daily_limit"] && problem.errors.map(\.pointer) == ["/amount"])
        let told = problem.withoutOrder
        #expect(told.code == .dailyLimitReached && told.extra.isEmpty && told.errors.isEmpty)
        #expect(told.detail == told.code.title)
    }

    @Test func `what fits no more at all names no member`() throws {
        let problem = LedgerAnswers.problem(
            try Self.refusal(.app, .payment, room: .init(left: 0, nextEnd: nil)))
        #expect(problem.errors.isEmpty && problem.extra.first?.1["left"] == 0)
    }
}
