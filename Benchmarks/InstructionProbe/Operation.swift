import BenchKit
import Host

/// What is counted, each through the dispatcher as a request comes in.
enum Operation: String, CaseIterable {
    /// A payment until its payer is asked: two commits and an answer of the operator.
    case create
    /// A payment by wallet: one commit, which also books it.
    case wallet
    /// One payment read.
    case read
    /// A list of twenty payments.
    case list
    /// A card payment's signed notification: taken, stored, and applied, which ends the payment.
    case answer

    /// The provider that it needs.
    var kind: BenchProviders.Kind {
        switch self {
        case .create, .read, .list: .tmoney
        case .wallet: .wallet
        case .answer: .card
        }
    }

    /// How often it is done before, so that what is made once is there.
    private static let before = 8
    /// How many payments there are to be listed.
    private static let listed = 25

    /// Does it `count` times, having made ready for `most`.
    func run(_ count: Int, of most: Int, _ router: BenchRouter) async throws {
        switch self {
        case .create: for number in 0..<Self.before + count { _ = try await router.pay(kind, number: number) }
        case .wallet:
            let wallet = try await router.filledWallet()
            for number in 0..<Self.before + count { _ = try await router.pay(kind, number: number, wallet: wallet) }
        case .read:
            let id = try await router.pay(kind, number: 0)
            for _ in 0..<Self.before + count { try await get(router, "/v1/payments/\(id)") }
        case .list:
            for number in 0..<Self.listed { _ = try await router.pay(kind, number: number) }
            for _ in 0..<Self.before + count { try await get(router, "/v1/payments", query: "limit=20") }
        case .answer:
            for number in 0..<Self.before + most { _ = try await router.pay(kind, number: number) }
            for (number, intent) in router.operators.intents.prefix(Self.before + count).enumerated() {
                try await router.notify(intent)
                await router.settled.wait(for: number + 1)
            }
        }
    }

    private func get(_ router: BenchRouter, _ path: String, query: String = "") async throws {
        let answer = await router.call("GET", path, query: query)
        guard answer.status == 200 else { throw UnexpectedAnswer(answer) }
    }
}
