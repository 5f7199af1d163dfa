import Router
import Testing

@testable import Host

@Suite("Lists of the command line")
struct OrderListingTests {
    private let now = Moment(rfc3339: "2026-11-28T12:00:00Z") ?? Moment(milliseconds: 0)

    @Test(arguments: [
        ("90s", "2026-11-28T11:58:30.000Z"), ("30m", "2026-11-28T11:30:00.000Z"),
        ("24h", "2026-11-27T12:00:00.000Z"),
        ("7d", "2026-11-21T12:00:00.000Z"), ("2w", "2026-11-14T12:00:00.000Z"),
        ("2026-11-21", "2026-11-21T00:00:00.000Z"), ("2026-11-21T09:30:00Z", "2026-11-21T09:30:00.000Z"),
        ("2026-11-21T09:30:00+02:00", "2026-11-21T07:30:00.000Z"),
    ])
    func `a time is counted back, or said`(text: String, expected: String) throws {
        #expect(try SinceText.moment(text, now: now).description == expected)
    }

    @Test(arguments: ["", "h", "-1h", "1.5h", "24", "yesterday", "1y", "0h", "99999999h", "2026-13-01"])
    func `what is no time is refused`(text: String) {
        #expect(throws: CommandFailure.self) { try SinceText.moment(text, now: now) }
    }

    @Test
    func `the next page's command can be pasted into a shell`() throws {
        var filters = OrderFilters()
        filters.plain = [("app", "Ama's shop"), ("phone", "+22890000001")]
        filters.metadata = [try OrderFilters.term("note=a b"), try OrderFilters.term("order_id=17")]
        filters.data = "/srv/pay router"
        #expect(
            filters.next("payouts", cursor: "70") == "payrouter payouts list --data '/srv/pay router' --app "
                + "'Ama'\\''s shop' --phone +22890000001 --metadata 'note=a b' --metadata order_id=17 --after 70")
        #expect(
            filters.query == "limit=20&app=Ama%27s%20shop&phone=%2B22890000001&metadata%5Bnote%5D=a%20b"
                + "&metadata%5Border_id%5D=17&sums=true")
        filters.from = now
        #expect(filters.next("payouts", cursor: "70").contains("--since 2026-11-28T12:00:00.000Z"))
        #expect(filters.query.contains("created_from=2026-11-28T12%3A00%3A00.000Z"))
        for pair in ["order_id", "=17", ""] {
            #expect(throws: CommandFailure.self) { try OrderFilters.term(pair) }
        }
        #expect(try OrderFilters.term("a=b=c") == MetadataTerm("a", "b=c"))
    }

    @Test
    func `sums are exact, per currency and status, and a gap in an index is told`() {
        let list: JSONValue = [
            "data": [
                ["id": "pay_1", "amount": 5_000, "currency": "XOF", "status": "succeeded", "created_at": "t"],
                ["id": "pay_2", "amount": 1_250, "currency": "USD", "status": "succeeded", "created_at": "t"],
                ["id": "pay_3", "amount": 700, "currency": "XOF", "status": "succeeded", "created_at": "t"],
                ["id": "pay_4", "amount": 1, "currency": "XOF", "status": "failed", "created_at": "t"],
            ], "complete_from": "2026-11-28T00:00:00.000Z",
        ]
        let lines = OrderListText.lines(list, "payments")
        #expect(lines[1].contains("before 2026-11-28T00:00:00.000Z some may be missing"))
        #expect(lines[2] == "The 4 listed:")
        #expect(
            lines[3].split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") } == [
                "STATUS COUNT SUM", "succeeded 1 12.50 USD", "failed 1 1 XOF", "succeeded 2 5700 XOF",
            ])
        let large: JSONValue = [
            "data": [], "sums": [["currency": "XOF", "status": "failed", "count": 3, "amount": .null]],
        ]
        #expect(OrderListText.lines(large, "payments").last?.contains("too large") == true)
        #expect(OrderListText.lines(["data": []], "payouts") == ["No such payouts."])
    }
}
