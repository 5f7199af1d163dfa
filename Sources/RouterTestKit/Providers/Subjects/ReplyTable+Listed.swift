import Router

/// Finding what the table lists.
extension ReplyTable {
    func reply(_ row: Row) -> WireReply { seal(row.status, row.body) }

    /// The rows by which something may pass for good.
    var goodRows: [Row] { rows.filter { [.executed, .pending].contains($0.meaning) } }

    /// The rows that list a body, with whatever status; a body is what its codes say, `null` being none.
    func rows(saying body: JSONValue) -> [Row] {
        rows.filter { row in
            codes.allSatisfy { code in
                row.whatever.contains(code)
                    || Self.spelling(row.body?.value(at: code)) == Self.spelling(body.value(at: code))
            }
        }
    }

    /// Whether a reply is one of the listed ones, byte for byte or, where those have no body, with an object that says
    /// nothing.
    func lists(_ reply: WireReply) -> Bool {
        rows.contains { row in
            row.comes(with: reply.status)
                && (reply.body == seal(reply.status, row.body).body
                    || (row.body == nil && reply.body == Array("{}".utf8)))
        }
    }

    /// Every value that stands at a code in some row, and some that stand in none.
    func values(at code: String) -> [JSONValue?] {
        var values: [JSONValue?] = [nil, .null, "unheard-of", 77_777, true]
        for row in rows {
            guard let value = row.body?.value(at: code), !values.contains(value) else { continue }
            values.append(value)
        }
        return values
    }

    /// A code as operators write it, as a number or as a text; an object only for being there.
    private static func spelling(_ value: JSONValue?) -> String {
        switch value {
        case nil, .null?: "nothing"
        case .string(let text)?, .number(let text)?: "=" + text
        case .bool(let flag)?: "\(flag)"
        case .object?: "an object"
        case .array?: "a list"
        }
    }
}

extension ReplyTable.Row {
    /// Whether it is listed with a status.
    func comes(with other: Int) -> Bool { status == other || alsoWith.contains(other) }
    /// The status it comes with, and the ends of those with which it means the same.
    var examples: [Int] { [status] + [alsoWith.min(), alsoWith.max()].compactMap(\.self) }
}
