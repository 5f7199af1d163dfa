/// Reads the text of ``NumberingPlanData``.
struct PlanReader {
    private(set) var countries: [NumberingPlan.Country] = []
    private var current: NumberingPlan.Country?

    init(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            if line.first == " " { addDetail(line.split(separator: " ")) } else { begin(line) }
        }
        close()
    }

    private mutating func close() {
        if let current { countries.append(current) }
        current = nil
    }

    private mutating func begin(_ line: Substring) {
        close()
        let parts = line.split(separator: " ", maxSplits: 6)
        guard parts.count == 7 else { return }
        current = NumberingPlan.Country(
            code: String(parts[0]), name: String(parts[6]), callingCode: String(parts[1]), currency: String(parts[2]),
            nationalLengths: parts[3].split(separator: ",").compactMap { Int($0) }, isPorted: parts[5] != "fixed",
            hasTrunkZero: parts[4] == "0")
    }

    private mutating func addDetail(_ parts: [Substring]) {
        guard parts.count > 2 else { return }
        switch parts[0] {
        case "mobile", "landline":
            for prefix in Self.prefixes(parts.dropFirst(2)) {
                current?.add(parts[0] == "mobile" ? .mobile : .landline, of: Int(parts[1]) ?? 0, prefix)
            }
        case "renumbered":
            current?.renumbered = Int(parts[1]).map { .init(length: $0, prefix: String(parts[2])) }
        default:
            let carrier = NumberingPlan.Carrier(
                operator: String(parts[0]), wallet: parts[1] == "-" ? nil : String(parts[1]))
            current?.add(carrier, Self.prefixes(parts.dropFirst(2)))
        }
    }

    /// Prefixes as digits; `70-73` is four of them.
    private static func prefixes(_ texts: ArraySlice<Substring>) -> [[UInt8]] {
        texts.flatMap { text -> [[UInt8]] in
            let ends = text.split(separator: "-").map { Array($0.utf8).map { $0 - 0x30 } }
            guard ends.count == 2 else { return ends }
            var (all, next) = ([ends[0]], ends[0])
            while next != ends[1], let place = next.lastIndex(where: { $0 != 9 }) {
                next[place] += 1
                for after in next.indices.suffix(from: place + 1) { next[after] = 0 }
                all.append(next)
            }
            return all
        }
    }
}
