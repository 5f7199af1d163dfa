/// One request, as an operator sees it: the operator's path prefix is already gone.
struct SandboxRequest: Sendable {
    /// Upper-case method.
    var method: String
    /// The path below the operator's prefix, undecoded, beginning with a slash.
    var path: String
    /// The query, decoded; empty if it could not be.
    var query: [FormText.Pair] = []
    /// The headers, names in lower case.
    var headers: [FormText.Pair] = []
    var body: [UInt8] = []
    /// The caller's address; empty if it is not known.
    var peer = ""

    /// The first value of a header, looked up without regard to case.
    func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name == wanted }?.value
    }

    var authorization: String? { header("authorization") }

    func parameter(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// The value of a field of a form body.
    func field(_ name: String) -> String? {
        String(validating: body, as: UTF8.self).flatMap { FormText.pairs($0) }?.first { $0.name == name }?.value
    }

    /// The bearer token of ``authorization``.
    var bearer: Substring? {
        guard let authorization, authorization.prefix(7).lowercased() == "bearer " else { return nil }
        return authorization.dropFirst(7)
    }

    /// What follows `prefix` in the path, decoded, if the path begins with it and nothing else follows.
    func tail(after prefix: String) -> String? {
        guard path.hasPrefix(prefix) else { return nil }
        let rest = path.dropFirst(prefix.count)
        guard !rest.isEmpty, !rest.contains("/") else { return nil }
        return FormText.decode(rest)
    }
}
