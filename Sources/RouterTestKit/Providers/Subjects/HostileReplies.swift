import Router

/// Replies that prove nothing, made from a good one.
enum HostileReplies {
    /// Bodies that are no answer of any operator.
    static func bodies(from good: [UInt8]) -> [(String, [UInt8])] {
        [
            ("an HTML page", html), ("empty", []),
            ("cut short", Array(good.dropLast(max(1, good.count / 3)))),
            ("not JSON", Array("OK".utf8)), ("an empty object", Array("{}".utf8)),
            ("an empty array", Array("[]".utf8)), ("null", Array("null".utf8)),
            ("invalid UTF-8", good + [0xFF, 0xFE]), ("followed by another value", good + good),
            ("nested without end", Array(repeating: UInt8(ascii: "["), count: 5_000)),
        ]
    }

    /// Name and reply; each must be read as unknown, unless the operator lists it.
    ///
    /// The bodies come with the statuses of the good replies first: a proxy's page with the operator's own 202 is the
    /// worst of them.
    static func all(from good: WireReply, statuses: Set<Int>) -> [(String, WireReply)] {
        var replies: [(String, WireReply)] = []
        let usual: Set = [200, 201, 202, 204, 302, 400, 404, 409, 500, 502, 503, 504, 520, 999]
        for status in statuses.union(usual).sorted() {
            for (name, body) in bodies(from: good.body) {
                replies.append(
                    ("\(name) with status \(status)", WireReply(status: status, headers: good.headers, body: body)))
            }
        }
        for status in [302, 500, 502, 503, 504] {
            replies.append(
                (
                    "the good body with status \(status)",
                    WireReply(status: status, headers: good.headers, body: good.body)
                ))
        }
        return replies
    }

    private static let html = Array("<!doctype html><html><body><h1>Maintenance</h1></body></html>".utf8)
}
