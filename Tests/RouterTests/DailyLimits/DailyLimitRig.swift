import Router
import RouterTestKit
import Testing

extension Rig.Setup {
    mutating func limit(perNumber operation: OrderKind, amount: Int64? = nil, count: Int64? = nil) {
        dailyLimits.perNumber[.init(operation, .xof)] = .init(amount: amount, count: count)
    }

    mutating func limit(perApp operation: OrderKind, amount: Int64? = nil, count: Int64? = nil) {
        dailyLimits.perApp[.init(operation, .xof)] = .init(amount: amount, count: count)
    }
}

extension Rig {
    /// Runs a test with wallets, two operators and daily limits, and looks at the books afterwards.
    static func limited(
        _ limits: (inout Setup) -> Void, _ body: @escaping @Sendable (Rig) async throws -> Void
    ) throws {
        try run({ setup in
            setup.addWallets()
            limits(&setup)
        }) { rig in
            try await body(rig)
            rig.expectBooks()
        }
    }

    func pay(
        _ units: Int64 = 1_000, from number: String? = "+22890112233", key: String, app: AppID = Sample.app
    ) async throws -> Engine.CommandResult { await engine.create(try payment(units, from: number, key: key, app: app)) }

    func payment(
        _ units: Int64 = 1_000, from number: String? = "+22890112233", key: String, app: AppID = Sample.app
    ) throws -> Engine.CreateCommand {
        var command = command(key: "daily-" + key, amount: Money(units, .xof), channels: ["tmoney"], app: app)
        command.request.customer = Customer(phone: try number.map { try Sample.phone($0) })
        return command
    }

    func payOut(_ units: Int64 = 1_000, key: String) async -> Engine.CommandResult {
        var command = payout(key: "daily-out-" + key)
        (command.request.amount, command.request.channels) = (Money(units, .xof), ["tmoney"])
        return await engine.create(command)
    }

    /// What is held on daily limits, by what their accounts' names say.
    var counted: [String: Int64] {
        store.memory.snapshot().balances.reduce(into: [:]) { counted, balance in
            guard let limit = balance.account.dailyLimit, balance.held > 0 else { return }
            let name = "\(limit.owner) \(limit.operation.rawValue) \(limit.measure.rawValue)"
            counted[name, default: 0] += balance.held
        }
    }
}

extension Engine.CommandResult {
    /// The daily limit that refuses it, in words.
    var dailyLimit: String? {
        guard let refusal = ledgerRefusal, refusal.reason == .limit, let limit = refusal.account.dailyLimit else {
            return nil
        }
        return "\(limit.owner) \(limit.operation.rawValue) \(limit.measure.rawValue)"
    }
}
