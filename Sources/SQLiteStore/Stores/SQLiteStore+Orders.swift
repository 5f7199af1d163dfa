package import Router
import Synchronization

extension SQLiteStore {
    package func commit(_ units: [UnitOfWork], epoch: Int64) async -> CommitResult {
        do throws(StoreFailure) {
            var encoded: [EncodedUnit] = []
            encoded.reserveCapacity(units.count)
            let names = metadataNames.withLock { $0 }
            for unit in units {
                encoded.append(try EncodedUnit(unit, sealer: sealer, metadataNames: names))
            }
            let ready = encoded
            return try await write { try $0.write(ready, epoch: epoch) }
        } catch {
            return .failed(error)
        }
    }

    package func orderFile(_ id: OrderID) async throws(StoreFailure) -> OrderFile? {
        let sealer = sealer
        return try await reader.read { connection in
            let order = try connection(Orders.get).first({ $0.text(id.text) }) { try Orders.order($0, sealer) }
            guard let order else { return nil }
            let attempts = try connection(Attempts.ofPayment).all({ $0.text(id.text) }) {
                try Attempts.attempt(of: order, $0, sealer)
            }
            return OrderFile(stored: order, attempts: attempts)
        }
    }

    package func binding(_ key: Binding.Key) async throws(StoreFailure) -> Binding? {
        try await reader.read { connection in
            try connection(Bindings.get).first({ Bindings.bind(key, &$0) }) { try Bindings.binding(key, $0) }
        }
    }

    package func claim(_ lock: OrderLock) async throws(StoreFailure) -> StoredClaim? {
        let hash = sealer.blindIndex(lock.text)
        return try await reader.read { connection in
            try connection(ClaimRows.get).first({ $0.blob(hash) }) { try ClaimRows.claim($0) }
        }
    }

    package func setBindingStatus(_ key: Binding.Key, _ status: Int) async throws(StoreFailure) {
        _ = try await write { connection in
            try connection(Bindings.setStatus).run {
                $0.integer(Int64(status))
                Bindings.bind(key, &$0)
            }
        }
    }

    package func order(provider: ProviderID, reference: String) async throws(StoreFailure) -> OrderID? {
        try await order(Attempts.byReference, provider, reference)
    }

    package func order(provider: ProviderID, operatorReference: String) async throws(StoreFailure) -> OrderID? {
        try await order(Attempts.byOperatorReference, provider, operatorReference)
    }

    private func order(
        _ statement: Statement, _ provider: ProviderID, _ reference: String
    ) async throws(StoreFailure) -> OrderID? {
        try await reader.read { connection in
            try connection(statement).first({
                $0.text(provider.text)
                $0.text(reference)
            }) { try $0.orderID(0) }
        }
    }

    package func hasAttempts(provider: ProviderID) async throws(StoreFailure) -> Bool {
        try await reader.read { connection in
            try connection(Attempts.anyOfProvider).first({ $0.text(provider.text) }) { _ in true } ?? false
        }
    }

    package func due(_ lane: Lane, before moment: Moment, limit: Int) async throws(StoreFailure) -> [OrderID] {
        try await reader.read { connection in
            try connection(Orders.due).all({
                $0.text(lane.text)
                $0.integer(moment.milliseconds)
                $0.integer(Int64(max(0, limit)))
            }) { try $0.orderID(0) }
        }
    }

    package func nextDue(_ lane: Lane) async throws(StoreFailure) -> Moment? {
        try await reader.read { connection in
            try connection(Orders.nextDue).first({ $0.text(lane.text) }) { $0.optionalMoment(0) } ?? nil
        }
    }

    package func sending() async throws(StoreFailure) -> [OrderID] {
        try await reader.read { connection in
            try connection(Attempts.sending).all { try $0.orderID(0) }
        }
    }

    package func openOrders() async throws(StoreFailure) -> [ProviderID: Int] {
        try await reader.read { connection in
            let counts = try connection(Orders.openByProvider).all { (ProviderID($0.text(0)), Int($0.integer(1))) }
            return Dictionary(counts) { first, _ in first }
        }
    }

    package func openPlaces() async throws(StoreFailure) -> [OpenPlace] {
        try await reader.read { connection in
            try connection(Orders.openByPlace).all { row in
                OpenPlace(
                    provider: ProviderID(row.text(0)), scope: row.text(1), operation: try row.word(2),
                    count: Int(row.integer(3)))
            }
        }
    }

    package func openOrders(at provider: ProviderID) async throws(StoreFailure) -> [OrderID] {
        try await reader.read { connection in
            try connection(Orders.openAtProvider).all({ $0.text(provider.text) }) { try $0.orderID(0) }
        }
    }

    package func exposed() async throws(StoreFailure) -> [ExposedAttempt] {
        try await reader.read { connection in
            try connection(Attempts.exposed).all { row in
                ExposedAttempt(
                    id: try row.id(0), provider: ProviderID(row.text(1)),
                    amount: try OrderCoding.money(row.integer(2), row.text(3)))
            }
        }
    }

    package func unkeyedSettlements(
        after number: Int64, limit: Int
    ) async throws(StoreFailure) -> [UnkeyedSettlement] {
        try await reader.read { connection in
            try connection(Attempts.unkeyed).all({
                $0.integer(number)
                $0.integer(Int64(limit))
            }) { row in
                UnkeyedSettlement(
                    number: row.integer(0), order: try row.orderID(1), provider: ProviderID(row.text(2)),
                    operation: try row.word(3), operatorReference: row.text(4))
            }
        }
    }

    package func keySettlements(_ keys: [(number: Int64, key: String)]) async throws(StoreFailure) -> Set<Int64> {
        let hashes = keys.map { (number: $0.number, hash: sealer.blindIndex($0.key)) }
        return try await write { connection in
            var doubles: Set<Int64> = []
            for (number, hash) in hashes {
                let changed = try connection(Attempts.setKey).run {
                    $0.blob(hash)
                    $0.integer(number)
                }
                if changed == 0 { doubles.insert(number) }
            }
            return doubles
        }
    }
}
