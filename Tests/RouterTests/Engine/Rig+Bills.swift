import Router
import RouterTestKit
import Testing

extension Rig {
    /// A new bill of the sample app.
    func makeBill(
        amount: Int64 = 5_000, environment: PayEnvironment = .sandbox, code: BillCode? = nil, seed: UInt64 = 1
    ) async throws -> Bill {
        let random = SeededRandom(seed)
        let bill = Bill(
            id: BillID(at: stage.now, from: random), code: code ?? BillCode(from: random), app: Sample.app,
            environment: environment, issuer: nil, wallet: nil, amount: Money(amount, .xof),
            text: Bill.Text(name: "School fees"), recipient: nil, idempotencyKey: "bill-\(seed)", fingerprint: [1],
            requestID: Sample.requestID, createdAt: stage.now)
        #expect(try await store.insert(bill, using: nil) == .done)
        return bill
    }
}
