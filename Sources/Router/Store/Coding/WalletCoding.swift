import WebText

/// What stores keep of a wallet besides columns; must be sealed.
package enum WalletCoding {
    /// Whose it is, as far as is known, and what its columns are, so that none of them can be changed by itself.
    package static func record(_ wallet: Wallet) -> [UInt8] {
        UnitCoding.packed { writer in
            writer.part(.payer) { writer in
                writer.object(.phone, wallet.holder.phone, OrderCoding.write)
                writer.field(.email, wallet.holder.email)
                writer.field(.name, wallet.holder.name)
            }
            writer.part(.columns) { $0.list(.fields, columns(wallet)) }
        }
    }

    /// Puts a wallet together again.
    ///
    /// - Parameters:
    ///   - bytes: Its ``record(_:)``.
    ///   - make: Makes it of its columns and its holder.
    /// - Returns: The wallet.
    /// - Throws: If a column is not what the record says.
    package static func wallet(
        _ bytes: [UInt8], _ make: (Customer) throws(RecordFault) -> Wallet
    ) throws(RecordFault) -> Wallet {
        let record = try UnitRecord(bytes)
        let reader = try record.record(.payer)
        let wallet = try make(
            Customer(
                phone: try reader.optionalObject(.phone, OrderCoding.phone) ?? nil,
                email: try reader.optionalText(.email), name: try reader.optionalText(.name)))
        // Records of before say nothing of columns.
        guard let sealed = try record.optionalRecord(.columns)?.texts(.fields) else { return wallet }
        let stored = columns(wallet)
        guard sealed == stored else {
            let wrong = zip(names, zip(sealed, stored)).filter { $1.0 != $1.1 }.map(\.0)
            throw RecordFault("its record has another \(wrong.joined(separator: " and "))")
        }
        return wallet
    }

    private static let names = [
        "id", "app", "environment", "owner", "purpose", "currency", "reference", "idempotency key", "fingerprint",
        "request", "time",
    ]

    /// What lies in columns, in the order of ``names``.
    private static func columns(_ wallet: Wallet) -> [String] {
        [
            wallet.id.text, wallet.app.text, wallet.environment.rawValue, wallet.owner.rawValue,
            wallet.purpose.rawValue, wallet.currency.code, wallet.reference.map { "=" + $0 } ?? "",
            wallet.idempotencyKey, Hex.text(wallet.fingerprint), wallet.requestID.text,
            String(wallet.createdAt.milliseconds),
        ]
    }
}
