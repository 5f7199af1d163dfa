import Router
import Testing

@testable import Host

@Suite("What a payment's lines may say")
struct LineItemTests {
    private func request(_ body: String) throws(Problem) -> OrderRequest {
        try PaymentBody.checked(
            APIRequest(
                method: "POST", path: "/v1/payments", headers: [("content-type", "application/json")],
                body: Array(body.utf8), id: RequestID.none), channels: ["tmoney"])
    }

    private func line(
        _ item: String = "a", _ name: String = "A", _ quantity: String = "1", _ unit: String = "100"
    ) -> String { #"{"item":"\#(item)","name":"\#(name)","quantity":\#(quantity),"unit_amount":\#(unit)}"# }

    private func body(_ lines: [String], amount: Int64 = 100, customer: String = "{}") -> String {
        #"{"amount":\#(amount),"currency":"XOF","channel":"tmoney","customer":\#(customer),"#
            + #""line_items":[\#(lines.joined(separator: ","))]}"#
    }

    private func faults(_ body: String) -> [String] {
        do throws(Problem) {
            _ = try request(body)
            return []
        } catch { return error.errors.map(\.pointer) }
    }

    @Test func `lines and the customer's id are read`() throws {
        let request = try request(
            body(
                [line("rice", "Riz 5 kg", "2", "30"), line("salt", "Sel", "4", "10"), line("gift", "🎁", "1", "0")],
                customer: #"{"id":"client-é-7"}"#))
        #expect(request.customerID == "client-é-7")
        #expect(request.lineItems.count == 3)
        #expect(request.lineItems[0] == LineItem(item: "rice", name: "Riz 5 kg", quantity: 2, unitAmount: 30))
        #expect(request.lineItems[2].amount == 0)
    }

    @Test func `a hundred lines are taken, and no more`() {
        #expect(faults(body(Array(repeating: line("a", "A", "1", "1"), count: 100))) == [])
        #expect(faults(body(Array(repeating: line("a", "A", "1", "1"), count: 101), amount: 101)) == ["/line_items"])
        #expect(faults(body([])) == ["/line_items"])
    }

    @Test func `each fault is told where it is`() {
        let long = String(repeating: "x", count: 201)
        #expect(faults(body([line("")])) == ["/line_items/0/item"])
        #expect(faults(body([line("  ")])) == ["/line_items/0/item"])
        #expect(faults(body([line("a\\u0000")])).first == "/line_items/0/item")
        #expect(faults(body([line("a\\u202e")])) == ["/line_items/0/item"])
        #expect(faults(body([line(String(long.prefix(101)))])) == ["/line_items/0/item"])
        #expect(faults(body([line(), line("b", long)], amount: 200)) == ["/line_items/1/name"])
        #expect(faults(body([line("a", "A", "0")])) == ["/line_items/0/quantity"])
        #expect(faults(body([line("a", "A", "1000000001", "0")])).first == "/line_items/0/quantity")
        #expect(faults(body([line("a", "A", "1", "-1")])) == ["/line_items/0/unit_amount"])
        #expect(faults(body([line()], customer: #"{"id":""}"#)) == ["/customer/id"])
        #expect(faults(body([line()], customer: #"{"id":"\#(long)"}"#)) == ["/customer/id"])
        #expect(faults(body([line("a", "A", "1.0")])) == ["/line_items/0/quantity"])
        #expect(faults(#"{"amount":1,"currency":"XOF","line_items":[{"item":"a"}]}"#).contains("/line_items/0/name"))
    }

    @Test func `lines must add up to the amount, whatever they overflow`() {
        #expect(faults(body([line("a", "A", "1", "99")])) == ["/line_items"])
        #expect(faults(body([line("a", "A", "1", "100"), line("b", "B", "1", "1")])) == ["/line_items"])
        let much = line("a", "A", "1000000000", "9007199254740991")
        #expect(faults(body([much])) == ["/line_items/0"])
        let half = line("a", "A", "1", "9007199254740991")
        #expect(faults(body([half, half], amount: 9_007_199_254_740_991)) == ["/line_items/1"])
        #expect(faults(body([half], amount: 9_007_199_254_740_991)) == [])
    }

    @Test func `card numbers are refused in lines, too`() {
        #expect(faults(body([line("4111111111111111")])) == ["/line_items/0/item"])
        #expect(faults(body([line("a", "card 4111 1111 1111 1111")])) == ["/line_items/0/name"])
        #expect(faults(body([line()], customer: #"{"id":"4111111111111111"}"#)) == ["/customer/id"])
    }
}
