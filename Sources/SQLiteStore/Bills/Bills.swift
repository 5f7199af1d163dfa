package import Router

/// Statements and rows of bills.
enum Bills {
    static let insert = Statement(
        """
        INSERT INTO bills (id, code, app, environment, idempotency_key, issuer, recipient, state, sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """)
    static let update = Statement("UPDATE bills SET state = $1, sealed = $2 WHERE id = $3")
    static let get = Statement("SELECT id, sealed FROM bills WHERE id = $1")
    static let ofCode = Statement("SELECT id, sealed FROM bills WHERE code = $1")
    static let ofKey = Statement(
        "SELECT id, sealed FROM bills WHERE app = $1 AND environment = $2 AND idempotency_key = $3")

    static func bill(_ row: StatementRow, _ sealer: Sealer) throws -> Bill {
        try BillCoding.bill(sealer.opened(row.blob(1)), id: try row.id(0))
    }

    /// A code is found without being readable: whoever knows it may see the bill.
    static func key(_ code: BillCode, _ sealer: Sealer) -> [UInt8] { sealer.blindIndex("bill\u{1F}\(code.text)") }
}

extension WriterConnection {
    func bill(_ id: BillID) throws -> Bill? {
        try self(Bills.get).first({ $0.text(id.text) }) { try Bills.bill($0, sealer) }
    }

    func insert(_ bill: Bill, _ sealed: [UInt8], using use: ChallengeUse?) throws -> BillInserted {
        let known = try self(Bills.ofKey).first({
            $0.text(bill.app.text)
            $0.text(bill.environment.rawValue)
            $0.text(bill.idempotencyKey)
        }) { try Bills.bill($0, sealer) }
        if let known { return .known(known) }
        if let use, let refusal = try objection(to: use) { return .challenge(refusal) }
        let key = Bills.key(bill.code, sealer)
        guard try self(Bills.ofCode).first({ $0.blob(key) }, { _ in true }) == nil else { return .codeTaken }
        if let use { try useUp(use, by: bill.id.text) }
        try self(Bills.insert).run {
            $0.text(bill.id.text)
            $0.blob(key)
            $0.text(bill.app.text)
            $0.text(bill.environment.rawValue)
            $0.text(bill.idempotencyKey)
            $0.text(bill.issuer?.text)
            $0.text(bill.recipient?.text)
            $0.text(bill.state.rawValue)
            $0.blob(sealed)
        }
        return .done
    }

    func delete(_ id: BillID, at now: Moment) throws -> BillRefusal? {
        guard var bill = try bill(id) else { return .missing }
        guard bill.state != .deleted else { return nil }
        guard bill.isFree else { return bill.taken }
        (bill.state, bill.endedAt) = (.deleted, now)
        try write(bill)
        return nil
    }

    /// Why a unit may not do to its bill what it wants; nothing is written.
    func billRefusal(of unit: UnitOfWork) throws -> BillRefusal? {
        guard let (step, id) = unit.billChange else { return nil }
        guard let bill = try bill(id) else { return .missing }
        switch bill.after(step, of: unit.order.id, at: unit.order.updatedAt) {
        case .success: return nil
        case .failure(let refusal): return refusal
        }
    }

    /// Takes a unit's step on its bill, which ``billRefusal(of:)`` has let through.
    func writeBill(of unit: UnitOfWork) throws {
        guard let (step, id) = unit.billChange, let bill = try bill(id),
            case .success(let changed) = bill.after(step, of: unit.order.id, at: unit.order.updatedAt), changed != bill
        else { return }
        try write(changed)
    }

    private func write(_ bill: Bill) throws {
        let sealed = try sealer.sealed(BillCoding.record(bill))
        try self(Bills.update).run {
            $0.text(bill.state.rawValue)
            $0.blob(sealed)
            $0.text(bill.id.text)
        }
    }
}

extension SQLiteStore {
    package func insert(_ bill: Bill, using use: ChallengeUse?) async throws(StoreFailure) -> BillInserted {
        let sealed = try sealer.sealed(BillCoding.record(bill))
        return try await writeUnit { try $0.insert(bill, sealed, using: use) }
    }

    package func bill(_ id: BillID) async throws(StoreFailure) -> Bill? {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(Bills.get).first({ $0.text(id.text) }) { try Bills.bill($0, sealer) }
        }
    }

    package func bill(code: BillCode) async throws(StoreFailure) -> Bill? {
        let sealer = sealer
        let key = Bills.key(code, sealer)
        return try await reader.read { connection in
            try connection(Bills.ofCode).first({ $0.blob(key) }) { try Bills.bill($0, sealer) }
        }
    }

    package func bills(_ query: BillQuery) async throws(StoreFailure) -> [Bill] {
        let sealer = sealer
        return try await reader.read { connection in
            var sql = "SELECT id, sealed FROM bills WHERE 1 = 1"
            var values: [String] = []
            func add(_ condition: String, _ value: String?) {
                guard let value else { return }
                values.append(value)
                sql += " AND \(condition) $\(values.count)"
            }
            add("app =", query.app?.text)
            add("environment =", query.environment?.rawValue)
            add("issuer =", query.issuer?.text)
            add("recipient =", query.recipient?.text)
            add("state =", query.state?.rawValue)
            add("id <", query.after?.text)
            sql += " ORDER BY id DESC LIMIT \(max(0, query.limit))"
            return try connection.sql(sql).all({ binder in values.forEach { binder.text($0) } }) {
                try Bills.bill($0, sealer)
            }
        }
    }

    package func delete(_ id: BillID, at now: Moment) async throws(StoreFailure) -> BillRefusal? {
        try await writeUnit { try $0.delete(id, at: now) }
    }
}
