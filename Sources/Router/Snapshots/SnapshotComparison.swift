/// What a comparison of snapshots with everything behind them found.
package struct SnapshotComparison: Sendable, Hashable {
    /// Something that is not as everything else says it has to be.
    package struct Finding: Sendable, Hashable {
        /// What it is compared with.
        package enum Source: String, Sendable, Hashable {
            /// The units that the orders' steps left behind.
            case units
            /// The postings of the ledger.
            case ledger
        }

        package var source: Source
        /// Which row, in words.
        package var place: String
        package var found: String
        /// What would be right.
        package var expected: String

        package init(_ source: Source, _ place: String, found: String, expected: String) {
            self.source = source
            self.place = place
            self.found = found
            self.expected = expected
        }
    }

    /// How far the stored rows were, and so was what they were compared with.
    package internal(set) var unit: Int64 = 0
    /// How many units were folded anew.
    package internal(set) var units: Int64 = 0
    /// How many rows were compared.
    package internal(set) var rows: Int64 = 0
    /// How many orders' postings were added up.
    package internal(set) var orders: Int64 = 0
    /// How many units could not be read, and are in no row.
    package internal(set) var unreadable: Int64 = 0
    package private(set) var findings: [Finding] = []
    /// How many more there are than are kept.
    package private(set) var omitted = 0

    /// More are counted, and not kept.
    package static let findingsKept = 1_000

    package init() {}

    package var isClean: Bool { findings.isEmpty }

    mutating func record(_ finding: Finding) {
        if findings.count < Self.findingsKept { findings.append(finding) } else { omitted += 1 }
    }
}
