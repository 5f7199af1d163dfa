import Router

/// Replies that prove nothing, made from a good one.
enum HostileReplies {
    /// Name and reply; each must be read as unknown.
    static func all(from good: WireReply) -> [(String, WireReply)] {
        let html = Array("<!doctype html><html><body><h1>Maintenance</h1></body></html>".utf8)
        func with(_ body: [UInt8], _ status: Int = 200) -> WireReply {
            WireReply(status: status, headers: good.headers, body: body)
        }
        var replies: [(String, WireReply)] = [
            ("an HTML page", with(html)),
            ("empty", with([])),
            ("cut short", with(Array(good.body.dropLast(max(1, good.body.count / 3))))),
            ("not JSON", with(Array("OK".utf8))),
            ("an empty object", with(Array("{}".utf8))),
            ("an empty array", with(Array("[]".utf8))),
            ("null", with(Array("null".utf8))),
            ("invalid UTF-8", with(good.body + [0xFF, 0xFE])),
            ("followed by another value", with(good.body + good.body)),
            ("nested without end", with(Array(repeating: UInt8(ascii: "["), count: 5_000))),
            ("not a redirect to follow", with(good.body, 302)),
        ]
        for status in [500, 502, 503, 504, 520] {
            replies.append(("an HTML page with status \(status)", with(html, status)))
        }
        for status in [500, 502, 503, 504] {
            replies.append(("the good body with status \(status)", with(good.body, status)))
        }
        return replies
    }

    /// Replies that differ from a good one in a single member that says something nobody knows.
    ///
    /// The order behind them may have been executed, so none may be read as a refusal.
    static func unlisted(from good: WireReply) -> [(String, WireReply)] {
        guard let body = try? StrictJSON.parse(good.body) else { return [] }
        return variants(of: body, at: "").map { place, changed in
            (place, WireReply(status: good.status, headers: good.headers, body: changed.serialized()))
        }
    }

    private static func variants(of value: JSONValue, at place: String) -> [(String, JSONValue)] {
        switch value {
        case .object(let object):
            return object.members.flatMap { member in
                variants(of: member.value, at: "\(place)/\(member.name)").map { place, changed in
                    var copy = object
                    copy[member.name] = changed
                    return (place, .object(copy))
                }
            }
        case .string: return [(place, "unheard-of"), (place, .null)]
        case .number: return [(place, 77_777), (place, "unheard-of"), (place, .null)]
        case .bool(let flag): return [(place, .bool(!flag)), (place, .null)]
        case .array, .null: return []
        }
    }
}
