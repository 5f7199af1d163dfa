import Foundation
import Router
import Testing

/// Files beside the tests.
enum Fixture {
    static func bytes(_ name: String) -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        guard let data = try? Data(contentsOf: folder.appending(path: "Fixtures/\(name)")) else {
            Issue.record("no fixture \(name)")
            return []
        }
        return Array(data)
    }

    static func json(_ name: String) -> JSONValue {
        do {
            return try StrictJSON.parse(bytes(name))
        } catch {
            Issue.record("\(name): \(error)")
            return .null
        }
    }

    /// The rows of a table file: an array of objects.
    static func rows(_ name: String) -> [Row] {
        (json(name).arrayValue ?? []).map(Row.init)
    }

    /// What no provider may take for an answer, by name; none of it is a well-formed reply of any operator.
    static func hostileBodies() -> [(name: String, body: [UInt8])] {
        let deep = String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000)
        let files = [
            "maintenance.html", "truncated.json", "duplicate-keys.json", "array.json", "two-marks.json",
            "trailing.json",
        ]
        return files.map { ($0, bytes("hostile/\($0)")) } + [
            ("empty", []), ("deep nesting", Array(deep.utf8)),
            ("invalid UTF-8", Array("{\"code\":\"".utf8) + [0xFF, 0x22, 0x7D]),
            ("null", Array("null".utf8)), ("empty object", Array("{}".utf8)),
        ]
    }
}

/// One row of a table file.
struct Row: Sendable, CustomTestStringConvertible {
    let value: JSONValue

    subscript(name: String) -> JSONValue? { value[name] }
    var name: String { text("name") }
    var testDescription: String { name }

    func text(_ name: String) -> String {
        guard let text = value[name]?.stringValue else {
            Issue.record("a row without \(name)")
            return ""
        }
        return text
    }

    /// The reply in `status` (200 if absent) and `body` (JSON) or `text` (raw).
    var reply: WireReply {
        let body = value["text"]?.stringValue.map { Array($0.utf8) } ?? value["body"]?.serialized() ?? []
        return WireReply(status: Int(value["status"]?.integerValue ?? 200), body: body)
    }
}
