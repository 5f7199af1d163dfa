/// A share of all orders, always the same ones: by a hash of the order or of its customer.
package struct HashBucket: Sendable, Hashable {
    /// What is hashed.
    package enum Subject: String, Sendable, Hashable, CaseIterable {
        /// The order: each one falls by itself.
        case payment
        /// The customer: whoever is in stays in. An order of nobody who is known counts by itself.
        case customer
    }

    package var subject: Subject
    /// Two buckets with different salts have nothing to do with each other.
    package var salt: String
    /// Hundredths of a percent, 0 to 10 000.
    package var range: Range<Int>

    package init(_ subject: Subject, salt: String, range: Range<Int>) {
        self.subject = subject
        self.salt = salt
        self.range = range
    }

    /// Where an order falls, from 0 to 9 999.
    package func place(of facts: RouteFacts) -> Int {
        let key = subject == .customer ? facts.customerHash ?? facts.orderHash : facts.orderHash
        return Self.place(of: key, salt: StableHash.of(salt))
    }

    /// Where a hash falls, with the hash of a salt.
    static func place(of hash: UInt64, salt: UInt64) -> Int { Int(StableHash.mix(hash ^ salt) % 10_000) }
}
