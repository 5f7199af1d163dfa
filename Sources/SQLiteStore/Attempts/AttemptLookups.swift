package import Router

/// Attempts by what is known of them.
extension Attempts {
    static let byReference = Statement(
        "SELECT order_id FROM attempts WHERE provider = $1 AND reference = $2 ORDER BY n DESC LIMIT 1")

    static let byOperatorReference = Statement(
        """
        SELECT order_id FROM attempts WHERE operator_reference IS NOT NULL AND provider = $1 AND operator_reference = $2
        ORDER BY n DESC LIMIT 1
        """)

    static let anyOfProvider = Statement("SELECT 1 FROM attempts WHERE provider = $1 LIMIT 1")

    static let sending = Statement("SELECT DISTINCT order_id FROM attempts WHERE state = 'sending' ORDER BY order_id")

    /// One statement per state: each has a partial index of its own.
    static let exposed = Statement(
        ["sending", "unknown", "conflict"].map {
            "SELECT id, provider, amount, currency FROM attempts WHERE state = '\($0)'"
        }.joined(separator: " UNION ALL "))
}

extension SQLiteStore {
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

    package func sending() async throws(StoreFailure) -> [OrderID] {
        try await reader.read { connection in
            try connection(Attempts.sending).all { try $0.orderID(0) }
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
}
