/// A line of the audit trail as stores keep it; must be sealed.
package enum AuditCoding {
    package static func record(_ entry: AuditEntry) -> [UInt8] {
        var actor = JSONObject([.init("kind", .string(kind(entry.actor)))])
        switch entry.actor {
        case .system, .anonymous: break
        case .account(let id, let username):
            actor["id"] = .string(id.text)
            actor["name"] = .string(username)
        case .commandLine(let person): if let person { actor["name"] = .string(person) }
        }
        // Members that are null within `before` and `after` say something: they stay.
        var object = JSONObject([
            .init("at", entry.at.stored), .init("actor", .object(actor)),
            .init("action", .string(entry.action.rawValue)),
            .init("kind", .string(entry.subject.kind.rawValue)), .init("subject", .string(entry.subject.id)),
        ])
        if let app = entry.app { object["app"] = .string(app.text) }
        if let before = entry.before { object["before"] = before }
        if let after = entry.after { object["after"] = after }
        if let client = entry.client { object["client"] = .string(client) }
        if let request = entry.request { object["request"] = .string(request.text) }
        return JSONValue.object(object).serialized()
    }

    /// - Throws: If the record lacks something.
    package static func entry(_ bytes: [UInt8]) throws(RecordFault) -> AuditEntry {
        let record = try StoredRecord(bytes)
        guard let actor = record.optionalRecord("actor") else { throw RecordFault("an audit line names nobody") }
        var entry = AuditEntry(
            at: try record.moment("at"), try Self.actor(actor), try record.word("action"),
            .init(try record.word("kind"), try record.text("subject")))
        entry.app = try record.optionalID("app")
        entry.before = record.value("before")
        entry.after = record.value("after")
        entry.client = try record.optionalText("client")
        entry.request = try record.optionalID("request")
        return entry
    }

    /// The word for an actor's kind.
    private static func kind(_ actor: AuditEntry.Actor) -> String {
        switch actor {
        case .system: "system"
        case .anonymous: "anonymous"
        case .account: "account"
        case .commandLine: "command_line"
        }
    }

    private static func actor(_ record: StoredRecord) throws(RecordFault) -> AuditEntry.Actor {
        switch try record.text("kind") {
        case "system": return .system
        case "anonymous": return .anonymous
        case "account": return .account(try record.id("id"), username: try record.text("name"))
        case "command_line": return .commandLine(person: try record.optionalText("name"))
        default: throw RecordFault("an audit line was done by an unknown kind of actor")
        }
    }
}
