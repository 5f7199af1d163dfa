/// Finds the known name that somebody may have meant by one that is not known.
package enum NearestName {
    /// Longer names are no slips of names that are known here; comparing them would only cost time.
    private static let longest = 48

    /// The known name nearest to another one; `nil` if none is near.
    ///
    /// Near is: the same but for case and separators, or few letters left out, added, changed or swapped with their
    /// neighbour, the fewer the shorter the name; else the only name that begins with the other one, or the other way
    /// round.
    ///
    /// - Parameters:
    ///   - name: What was written.
    ///   - known: What could have been meant; of equally near ones the first.
    /// - Returns: The name as it is known; `nil` if none is near.
    package static func of(_ name: String, among known: some Sequence<String>) -> String? {
        guard let written = plain(name) else { return nil }
        let names = known.compactMap { name in plain(name).map { (name: name, letters: $0) } }
        let near = names.lazy.map {
            (name: $0.name, letters: $0.letters.count, distance: distance(written, $0.letters))
        }
        .filter { $0.distance <= slips(in: max(written.count, $0.letters)) }
        .min { $0.distance < $1.distance }
        if let near { return near.name }
        let longer = names.filter { other in
            min(written.count, other.letters.count) >= 3
                && (other.letters.starts(with: written) || written.starts(with: other.letters))
        }
        return longer.count == 1 ? longer[0].name : nil
    }

    /// `did you mean "amount"?`; `nil` if no known name is near.
    package static func question(_ name: String, among known: some Sequence<String>) -> String? {
        of(name, among: known).map { "did you mean \"\($0)\"?" }
    }

    /// What would be right instead of a name: the nearest one, else all of them.
    ///
    /// - Returns: For instance `; did you mean "amount"?` or `; known: amount, currency`, to be appended.
    package static func remedy(_ name: String, among known: [String]) -> String {
        if let question = question(name, among: known) { return "; " + question }
        return known.isEmpty ? "" : "; known: " + known.joined(separator: ", ")
    }

    /// Small letters and digits only; `nil` if there are none, or too many.
    private static func plain(_ name: String) -> [UInt8]? {
        guard name.utf8.count <= longest else { return nil }
        let letters = name.lowercased().utf8.filter { ![0x20, 0x2D, 0x2E, 0x5F].contains($0) }
        return letters.isEmpty ? nil : Array(letters)
    }

    /// How many slips a name of so many letters may have.
    private static func slips(in letters: Int) -> Int { letters < 3 ? 0 : min(3, (letters + 1) / 3) }

    /// Letters left out, added, changed, or swapped with their neighbour (optimal string alignment).
    private static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
        var earlier: [Int] = []
        var previous = Array(0...second.count)
        for row in first.indices {
            var current = [row + 1]
            for column in second.indices {
                let isSame = first[row] == second[column]
                var best = min(previous[column] + (isSame ? 0 : 1), previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
                    best = min(best, earlier[column - 1] + 1)
                }
                current.append(best)
            }
            (earlier, previous) = (previous, current)
        }
        return previous[second.count]
    }
}
