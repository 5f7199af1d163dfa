import Router

/// Asks the operator which payment a typed code belongs to, before the accept call.
///
/// The operator's form does this in the browser: it hands the code in and receives the payment's id. Its wire format is
/// not published (protocol notes 2.3), so all of it is set: path, fields, and where the id stands in the answer. Nothing
/// moves by it; only the accept call moves money.
struct FlouciCodeExchange: Sendable {
    private let url: String
    private let fields: [(name: String, template: String)]
    private let pointer: [String]

    private static let known = ["public_key", "code", "amount", "reference"]

    init(_ settings: FlouciKind.CodeRequest, _ setup: ProviderSetup, root: String) throws(ProviderConfigurationError) {
        func fail(_ name: String, _ detail: String) -> ProviderConfigurationError {
            ProviderConfigurationError(pointer: "/settings/code_request/\(name)", detail)
        }
        guard settings.path.hasPrefix("/") else { throw fail("path", "expected a path that begins with /") }
        url = root + settings.path
        try setup.requireAddress(url, at: "/settings/code_request/path")
        fields = settings.fields.sorted { $0.key < $1.key }.map { (name: $0.key, template: $0.value) }
        for (name, template) in fields {
            var rest = template
            for known in Self.known { rest = rest.replacing("{\(known)}", with: "") }
            guard !rest.contains(where: { $0 == "{" || $0 == "}" }) else {
                throw fail("fields/\(name)", "known placeholders: {public_key}, {code}, {amount}, {reference}")
            }
        }
        guard fields.contains(where: { $0.template.contains("{code}") }) else {
            throw fail("fields", "one field must carry {code}")
        }
        pointer = settings.paymentID.split(separator: "/").map(String.init)
        guard settings.paymentID.hasPrefix("/"), !pointer.isEmpty, !settings.paymentID.contains("~") else {
            throw fail("payment_id", "expected a JSON pointer such as /result/payment_id")
        }
    }

    /// The id of the payment that the payer's app prepared.
    ///
    /// - Throws: ``RefusalReason/wrongCode`` if the operator answered and told none.
    func paymentID(
        of code: String, for order: CollectOrder, publicKey: Secret, asking wire: any Asking
    ) async throws(PreparationFailure) -> String {
        let values = [
            "public_key": publicKey.reveal(), "code": code, "amount": String(order.amount.minorUnits),
            "reference": order.reference,
        ]
        let members = fields.map { name, template in
            JSONObject.Member(name, .string(Self.filled(template, values)))
        }
        let request = WireRequest(
            .post, url, headers: [.init("Content-Type", "application/json"), .init("Accept", "application/json")],
            body: JSONValue.object(JSONObject(members)).serialized())
        let reply: WireReply
        do throws(AskFailure) { reply = try await wire.ask(request) } catch { throw PreparationFailure(error) }
        let body = reply.object
        if reply.isSuccess, let id = pointer.reduce(body, { $0?[$1] })?.codeText, !id.isEmpty { return id }
        switch reply.status {
        case 401, 403:
            throw PreparationFailure(Refusal(.credentialsRefused), "the code request was refused: HTTP \(reply.status)")
        case 200..<300 where body != nil, 400, 404, 409, 422:
            throw PreparationFailure(Refusal(.wrongCode), "the operator knows no payment with this code")
        default: throw PreparationFailure(Refusal(.notSent), "the code request got HTTP \(reply.status)")
        }
    }

    /// Fills placeholders in one pass, so that no value can pose as a placeholder.
    private static func filled(_ template: String, _ values: [String: String]) -> String {
        var result = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open] + (values[String(rest[rest.index(after: open)..<close])] ?? "")
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}
