import Router

extension ProviderConformance {
    /// Every status with every code, and codes that nobody has heard of: what no row lists proves nothing.
    ///
    /// What is listed may still be unclear, for want of an amount or a reference in the row that was changed.
    func attackCodes(_ subject: Subject, _ tally: inout Tally) async {
        let table = subject.table
        let statuses = subject.hasStatuses ? Set(table.rows.flatMap(\.examples)).union(Self.statuses) : [200]
        // Rows that differ in their codes alone turn into one another.
        var tried: Set<JSONValue?> = []
        for row in table.rows {
            for (change, body) in Self.changes(row, table) {
                guard tried.insert(body).inserted else { continue }
                // Without a body there is nothing but the status.
                let alike = table.rows(saying: body ?? .object(JSONObject())).filter { body != nil || $0.body == nil }
                for status in statuses.sorted() {
                    tally.count("\(subject.name): codes")
                    if body == row.body && row.comes(with: status) { continue }
                    let listed = alike.filter { $0.comes(with: status) }
                    let reading = await subject.read(table.seal(status, body))
                    guard !subject.isHarmless(reading, status) else { continue }
                    guard !listed.contains(where: { $0.meaning == reading.meaning }) else { continue }
                    let words = listed.isEmpty ? "is not listed" : "is not listed so"
                    tally.add(
                        "\(subject.name): \(change) with status \(status) \(words), and passes for \(reading.words)")
                }
            }
        }
    }

    private static let statuses: Set = [
        200, 201, 202, 204, 302, 400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503, 504,
    ]

    /// The row as it is, and with every other value at every code.
    private static func changes(_ row: ReplyTable.Row, _ table: ReplyTable) -> [(String, JSONValue?)] {
        var changes: [(String, JSONValue?)] = [(row.body?.short ?? "no body", row.body)]
        let body = row.body ?? .object(JSONObject())
        for code in table.codes {
            for value in table.values(at: code) {
                let changed = body.replacing(code, with: value)
                guard changed != body else { continue }
                let words = value.map(\.short) ?? "nothing"
                changes.append(("\(body.short) with \(words) at \(code)", changed))
            }
        }
        return changes
    }
}
