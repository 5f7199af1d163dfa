/// What a check of the whole ledger against the records behind it found.
package struct LedgerVerification: Sendable, Hashable {
    /// What is read, by the name of its table.
    package enum Table: String, Sendable, Hashable, CaseIterable {
        case accounts, entries, holds, orders, attempts, units, wallets, discrepancies
    }

    /// Something that is not as everything else says it has to be.
    package struct Finding: Sendable, Hashable, CustomStringConvertible {
        package var table: Table
        /// Which row: by its number, its order or its account.
        package var place: String
        package var found: String
        /// What would be right.
        package var expected: String

        package init(_ table: Table, _ place: String, found: String, expected: String) {
            self.table = table
            self.place = place
            self.found = found
            self.expected = expected
        }

        package var description: String { "\(table.rawValue), \(place): \(found); right would be: \(expected)" }
    }

    /// How many rows of each table were looked at.
    package private(set) var counts: [Table: Int64] = [:]
    /// What is wrong, as far as ``findingsKept`` goes.
    package private(set) var findings: [Finding] = []
    /// How many more there are.
    package private(set) var omitted = 0

    /// More are counted, and not kept: whoever sees so many needs a backup, not a list.
    package static let findingsKept = 1_000

    package init() {}

    package var isClean: Bool { findings.isEmpty }

    /// Counts rows that were looked at.
    package mutating func count(_ table: Table, _ rows: Int = 1) { counts[table, default: 0] += Int64(rows) }

    package mutating func record(_ found: some Sequence<Finding>) {
        for finding in found {
            if findings.count < Self.findingsKept { findings.append(finding) } else { omitted += 1 }
        }
    }

    /// Adds what another part of the check found.
    package mutating func add(_ other: LedgerVerification) {
        counts.merge(other.counts) { $0 + $1 }
        record(other.findings)
        omitted += other.omitted
    }
}
