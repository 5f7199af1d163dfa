import Router
import RouterTestKit
import Testing

@testable import Providers

/// A built-in configuration and what its operator is like, from docs/protocols/README.md and its pages, not from the
/// kind.
struct Described: Sendable {
    let name: String
    let make: @Sendable () throws -> (any PaymentProvider, ProviderDescription)

    init(_ name: String, _ make: @escaping @Sendable (any PaymentProvider) throws -> ProviderDescription) {
        self.init(name, { try Sample.configured(name) }, make)
    }

    init(
        _ name: String, _ provider: @escaping @Sendable () throws -> any PaymentProvider,
        _ make: @escaping @Sendable (any PaymentProvider) throws -> ProviderDescription
    ) {
        self.name = name
        self.make = {
            let provider = try provider()
            return (provider, try make(provider))
        }
    }

    static let all: [Described] =
        tmoney + tmoneyOnline + flooz + payGate + flouci + ksher + ksherRSA + momo + card
        + gsmaBiller

    /// The configuration's secrets, but for those that operators want shown.
    static func secrets(_ kind: String, except: Set<String> = []) -> [String] {
        (Sample.secrets[kind] ?? [:]).filter { !except.contains($0.key) }.map(\.value).sorted()
    }

    static let reference = JSONValue.string(Sample.reference)
    static let success = Set(200...299)
    static let client = Set(400...499)
    /// Success, and what a kind reads like it: every client error but a time-out.
    static let answered = success.union(client).subtracting([408])

    /// Rows that mean the same, with these statuses too.
    static func rows(
        _ meaning: ReplyTable.Meaning, _ statuses: Set<Int>, whatever: Set<String> = [], _ bodies: [JSONValue]
    ) -> [ReplyTable.Row] {
        bodies.map { ReplyTable.Row(meaning, alsoWith: statuses, $0, whatever: whatever) }
    }

    /// A notification that is only a reason to ask.
    static func hint(about order: Instruction, _ body: JSONValue) -> CallbackDescription {
        CallbackDescription(
            about: order, ReplyTable(rows: [.init(.unclear, body)]), signature: nil, now: Sample.createdAt, make: post)
    }

    @Sendable static func post(_ body: JSONValue) -> InboundCallback {
        InboundCallback(method: "POST", body: body.serialized())
    }

    /// A body like another one.
    static func changed(_ body: JSONValue, _ changes: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        guard var object = body.objectValue else { return body }
        for (name, value) in changes { object[name] = value }
        return .object(object)
    }
}
