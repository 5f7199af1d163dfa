/// What stores keep of a wallet besides columns; must be sealed.
package enum WalletCoding {
    /// Whose it is, as far as is known.
    package static func record(_ holder: Customer) -> [UInt8] {
        UnitCoding.packed { writer in
            writer.part(.payer) { writer in
                writer.object(.phone, holder.phone, OrderCoding.write)
                writer.field(.email, holder.email)
                writer.field(.name, holder.name)
            }
        }
    }

    /// Reads ``record(_:)``.
    package static func holder(_ bytes: [UInt8]) throws(RecordFault) -> Customer {
        let reader = try UnitRecord(bytes).record(.payer)
        return Customer(
            phone: try reader.optionalObject(.phone, OrderCoding.phone) ?? nil, email: try reader.optionalText(.email),
            name: try reader.optionalText(.name))
    }
}
