/// The figures of one row of snapshots.
///
/// Orders are counted, money is summed up in minor units, all in 128 bits: nothing that 64 bits of amounts add up to wraps.
package struct SnapshotFigures: Sendable, Hashable {
    /// What is counted or summed up; stored in this order, to whose end new ones are added.
    package enum Figure: String, Sendable, Hashable, CaseIterable {
        /// Orders that were accepted.
        case accepted
        /// Orders that came to these ends.
        case succeeded, failed, cancelled
        /// Those that failed because nobody acted in time; they are not counted as failed, too.
        case expired
        /// How often an order was put before people.
        case reviewed
        /// Money that was collected: of payments and captures, with the fee that is kept of it.
        case gross
        /// Money that was given back by refunds.
        case refunds
        /// Money that was paid out.
        case payouts
        /// Money that transfers and their legs moved.
        case transfers
        /// What the platform keeps, as the ledger books it.
        case fees
        /// What people ended outside the router.
        case adjustments
        /// What operators executed against final records: money in less money out, until people have ended it.
        case disputed

        /// Whether it counts money, and not orders.
        package var isMoney: Bool {
            switch self {
            case .accepted, .succeeded, .failed, .cancelled, .expired, .reviewed: false
            case .gross, .refunds, .payouts, .transfers, .fees, .adjustments, .disputed: true
            }
        }
    }

    private var values = [Int128](repeating: 0, count: Figure.allCases.count)

    /// No figures at all.
    package init() {}

    /// One figure.
    package subscript(_ figure: Figure) -> Int128 {
        get { values[Self.place(figure)] }
        set { values[Self.place(figure)] = newValue }
    }

    /// Whether every figure is zero.
    package var isZero: Bool { values.allSatisfy { $0 == 0 } }

    /// Adds other figures.
    package mutating func add(_ other: SnapshotFigures) {
        for index in values.indices { values[index] = values[index].clampedSum(other.values[index]) }
    }

    /// Takes other figures away.
    package mutating func subtract(_ other: SnapshotFigures) {
        for index in values.indices { values[index] = values[index].clampedSum(-other.values[index]) }
    }

    private static func place(_ figure: Figure) -> Int {
        switch figure {
        case .accepted: 0
        case .succeeded: 1
        case .failed: 2
        case .cancelled: 3
        case .expired: 4
        case .reviewed: 5
        case .gross: 6
        case .refunds: 7
        case .payouts: 8
        case .transfers: 9
        case .fees: 10
        case .adjustments: 11
        case .disputed: 12
        }
    }

    /// The figures as stores keep them.
    package var bytes: [UInt8] { WideNumbers.bytes(values) }

    /// Reads ``bytes``; figures that a row of an older release lacks are zero.
    ///
    /// - Throws: ``RecordFault`` if they are cut short.
    package init(stored bytes: [UInt8]) throws(RecordFault) {
        for (index, value) in try WideNumbers.values(bytes).prefix(values.count).enumerated() { values[index] = value }
    }
}

extension Int128 {
    /// The sum, or the nearest number there is.
    package func clampedSum(_ other: Int128) -> Int128 {
        let (sum, isBeyond) = addingReportingOverflow(other)
        return isBeyond ? (other < 0 ? .min : .max) : sum
    }

    /// The nearest number of 64 bits.
    package var clamped: Int64 { Int64(clamping: self) }
}
