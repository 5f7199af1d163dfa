import Router
import WebText

/// The audit trail, for the command line; on the control socket only.
struct AuditAdmin: Sendable {
    let store: any Store

    func register(in routes: inout RouteTable) {
        routes.open("GET", "/audit") { request throws(Problem) in try await list(request) }
        routes.open("GET", "/audit/verify") { _ throws(Problem) in
            switch try await stored({ () async throws(StoreFailure) in try await store.verifyAudit() }) {
            case .whole(let count, let digest):
                return .json([
                    "object": "audit_verification", "whole": true, "count": JSONValue(count),
                    "digest": .string(Hex.text(digest)),
                ])
            case .broken(let number):
                return .json(["object": "audit_verification", "whole": false, "broken_at": JSONValue(number)])
            }
        }
    }

    private func list(_ request: APIRequest) async throws(Problem) -> APIResponse {
        let query = try QueryParameters(request.query, allowed: ["limit", "after", "actor", "subject"])
        let limit = try query.limit()
        var wanted = AuditQuery(limit: limit + 1)
        wanted.before = try query.value("after", "the number of a line") { Int64($0) }
        wanted.actor = query["actor"]
        wanted.subject = query["subject"].flatMap { AuditEntry.Subject(typed: $0) }
        let found = try await stored { [wanted] () async throws(StoreFailure) in try await store.audit(wanted) }
        let hasMore = found.count > limit
        return .json([
            "object": "list", "data": .array(found.prefix(limit).map(Self.json)), "has_more": .bool(hasMore),
            "next_cursor": hasMore ? JSONValue(found.prefix(limit).last.map { "\($0.number)" }) : .null,
        ])
    }

    private static func json(_ record: AuditRecord) -> JSONValue {
        let entry = record.entry
        return [
            "object": "audit_line", "number": JSONValue(record.number), "at": .string(entry.at.description),
            "actor": .string(entry.actor.name), "action": .string(entry.action.rawValue),
            "subject_kind": .string(entry.subject.kind.rawValue), "subject": .string(entry.subject.id),
            "app": JSONValue(entry.app?.text), "before": entry.before ?? .null, "after": entry.after ?? .null,
            "address": JSONValue(entry.client), "request_id": JSONValue(entry.request?.text),
            "digest": .string(Hex.text(record.digest)),
        ]
    }

    private func stored<Value>(_ body: () async throws(StoreFailure) -> Value) async throws(Problem) -> Value {
        do throws(StoreFailure) { return try await body() } catch {
            throw Problem(.unavailable, "the audit trail cannot be read now: \(error)")
        }
    }
}
