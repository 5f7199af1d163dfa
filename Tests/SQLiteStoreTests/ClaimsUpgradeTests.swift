import Foundation
import GRDB
import Router
import RouterTestKit
import SQLiteStore
import Synchronization
import Testing

/// Orders accepted by a program that knew no order locks.
@Suite struct ClaimsUpgradeTests {
    /// A database as the older program left it: the step is taken back.
    private func downgrade(_ folder: TemporaryFolder) throws {
        let queue = try DatabaseQueue(path: folder.database)
        try queue.write { db in
            try db.execute(
                sql: """
                    DELETE FROM grdb_migrations WHERE identifier = '004-order-claims';
                    DELETE FROM facts WHERE name = 'order_claims';
                    DROP TABLE order_claims;
                    DROP INDEX orders_repeat_of;
                    ALTER TABLE orders DROP COLUMN repeat_of;
                    ALTER TABLE orders ADD COLUMN wallet_lock BYTEA;
                    CREATE UNIQUE INDEX orders_wallet_lock ON orders (wallet_lock) WHERE wallet_lock IS NOT NULL;
                    """)
        }
        try queue.close()
    }

    private func order(
        _ kind: OrderKind, _ status: OrderStatus, number: String? = "cart-1", app: AppID, attempt: AttemptState? = nil,
        disputed: Bool = false
    ) throws -> UnitOfWork {
        let random = SystemRandom()
        var request = OrderRequest(
            amount: Money(5_000, .xof), customer: Customer(phone: try MSISDN(parsing: "+22890112233")))
        request.reference = number
        var order = Order(
            id: OrderID(kind, at: Samples.now, from: random), app: app, environment: .sandbox, request: request,
            idempotencyKey: "k", requestID: RequestID(at: Samples.now, from: random), createdAt: Samples.now, plan: [],
            explanation: .null)
        order.version = 1
        order.status = status
        switch status {
        case .succeeded: _ = order.close(.succeeded)
        case .failed: _ = order.close(.failed)
        case .cancelled: _ = order.close(.cancelled)
        default: break
        }
        var unit = UnitOfWork(order: order, write: .insert)
        if let attempt {
            var made = Samples.attempt(of: order, body: "")
            made.request = nil
            if attempt == .rejected {
                for input in [AttemptInput.sendOpened, .refused] { _ = made.apply(input, at: Samples.now) }
            }
            if attempt == .withdrawn { _ = made.apply(.withdraw, at: Samples.now) }
            if disputed { made.disputes = [.lateSuccess] }
            unit.newAttempts = [made]
        }
        return unit
    }

    private func listed(_ store: SQLiteStore, _ order: Order) async throws -> [OrderID]? {
        try await store.claim(#require(order.lock))?.orders
    }

    @Test func `what holds is listed after the upgrade and only once`() async throws {
        let folder = try TemporaryFolder()
        let apps = (0..<12).map { _ in AppID(at: Samples.now, from: SystemRandom()) }
        let cases: [(UnitOfWork, Bool)] = [
            (try order(.payment, .processing, app: apps[0]), true),
            (try order(.payment, .underReview, app: apps[1]), true),
            (try order(.payment, .authorized, app: apps[2]), true),
            (try order(.payment, .succeeded, app: apps[3]), false),
            (try order(.payment, .failed, app: apps[4], attempt: .rejected), false),
            (try order(.payout, .processing, app: apps[5]), true), (try order(.payout, .succeeded, app: apps[6]), true),
            (try order(.payout, .failed, app: apps[7], attempt: .rejected), true),
            (try order(.payout, .failed, app: apps[8], attempt: .withdrawn), false),
            (try order(.payout, .failed, app: apps[9], attempt: .rejected, disputed: true), true),
            (try order(.payout, .cancelled, app: apps[10]), false),
        ]
        let unnumbered = try order(.payout, .succeeded, number: nil, app: apps[11])
        let store = try await TestKeys.open(folder)
        _ = try await store.takeEpoch()
        for unit in cases.map(\.0) + [unnumbered] { #expect(await store.commit([unit], epoch: 1) == .committed) }
        // Two that shared a lock which the old program did not know.
        let pair = [try order(.payout, .processing, app: apps[0]), try order(.payout, .succeeded, app: apps[0])]
        for unit in pair { #expect(await store.commit([unit], epoch: 1) == .committed) }
        await store.close()

        try downgrade(folder)
        for _ in 0..<2 {
            let upgraded = try await TestKeys.open(folder)
            for (unit, holds) in cases {
                let expected: [OrderID]? = holds ? [unit.order.id] : nil
                #expect(try await listed(upgraded, unit.order) == expected, "\(unit.order.kind) \(unit.order.status)")
            }
            let both = try await listed(upgraded, pair[0].order) ?? []
            #expect(Set(both) == Set(pair.map(\.order.id)) && both.count == 2)
            let unlisted = try await upgraded.fullCheck().filter { $0.contains("not listed") }
            #expect(unlisted == [])
            await upgraded.close()
        }
        let queue = try DatabaseQueue(path: folder.database)
        try await queue.write { try $0.execute(sql: "DELETE FROM order_claims") }
        try queue.close()
        let damaged = try await TestKeys.open(folder)
        let unlisted = try await damaged.fullCheck().filter { $0.contains("not listed") }
        #expect(unlisted.count == 5, "every open one is missed: \(unlisted)")
        await damaged.close()
    }

    /// As if the process had been killed in the middle: the step is done, the list is half made.
    @Test func `a half made list is finished`() async throws {
        let folder = try TemporaryFolder()
        let store = try await TestKeys.open(folder)
        _ = try await store.takeEpoch()
        var units: [UnitOfWork] = []
        for number in 0..<10_500 {
            units.append(
                try order(
                    .payout, .succeeded, number: "n\(number)", app: AppID(known: "app_01JD3K0000AAAAAAAAAAAAAAAA")))
        }
        #expect(await store.commit(units, epoch: 1) == .committed)
        await store.close()
        try downgrade(folder)
        let lines = Mutex<[String]>([])
        func open() async throws -> SQLiteStore {
            try await TestKeys.open(folder) { $0.progress = { line in lines.withLock { $0.append(line) } } }
        }
        let first = try await open()
        await first.close()
        #expect(lines.withLock { $0.first } == "listing 10500 orders by their order numbers, once ...")
        #expect(lines.withLock { $0 }.count == 3, "one line for every ten thousand, and one for the end")
        lines.withLock { $0 = [] }
        let ids = units.map(\.order.id.text).sorted()
        let queue = try DatabaseQueue(path: folder.database)
        try await queue.write { db in
            // The first thousand are listed, and one of them was listed without the mark having moved.
            try db.execute(sql: "UPDATE facts SET value = ? WHERE name = 'order_claims'", arguments: [ids[998]])
            for id in ids.dropFirst(1_000) {
                try db.execute(sql: "DELETE FROM order_claims WHERE orders = ?", arguments: [id])
            }
        }
        try queue.close()
        let again = try await open()
        for unit in units { #expect(try await listed(again, unit.order) == [unit.order.id]) }
        #expect(lines.withLock { $0 }.isEmpty, "what is left is little, and done without a word")
        await again.close()
    }
}
