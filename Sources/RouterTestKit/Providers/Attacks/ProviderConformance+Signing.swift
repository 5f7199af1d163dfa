import Router

extension ProviderConformance {
    /// Signing adds credentials and changes nothing else.
    func attackSigning(_ operation: Operated, _ tally: inout Tally) async {
        let wire = ScriptedAsking(answer: operation.description.questions)
        guard case .success(.request(let money))? = await operation.prepare(asking: wire) else { return }
        let request = money.request
        let contexts = [UInt64(11), 12].map { random in
            SigningContext(
                token: "conformance-token", now: operation.asked.attempt.createdAt, sequence: 7 + Int64(random),
                random: random)
        }
        for context in contexts {
            tally.count("\(operation.name): signing")
            let signed = provider.sign(request, context)
            if signed != provider.sign(request, context) { tally.add("\(operation.name): sign is not pure") }
            if signed == request, description.secrets.contains(where: { !$0.isEmpty }) {
                tally.add("\(operation.name): sign adds no credentials")
            }
            let keepsAddress = signed.url == request.url || (description.signsQuery && signed.url.extends(request.url))
            if signed.method != request.method || !keepsAddress || !signed.keepsHeaders(of: request)
                || !signed.keepsBody(of: request)
            {
                tally.add("\(operation.name): sign changed more than credentials")
            }
        }
        // A token of nobody: asked before there is one, or after it was dropped, it must not fail nor invent one.
        let tokenless = SigningContext(now: operation.asked.attempt.createdAt, sequence: 1, random: 1)
        let bare = provider.sign(request, tokenless)
        if bare.wholeText.contains("conformance-token") { tally.add("\(operation.name): sign keeps a token") }
    }
}

extension String {
    /// Whether this is an address with more fields in its query.
    fileprivate func extends(_ url: String) -> Bool {
        hasPrefix(url + (url.contains("?") ? "&" : "?"))
    }
}

extension WireRequest {
    fileprivate func keepsHeaders(of request: WireRequest) -> Bool {
        var rest = headers[...]
        for header in request.headers {
            guard let index = rest.firstIndex(of: header) else { return false }
            rest = rest[(index + 1)...]
        }
        return true
    }

    /// Whether everything that was in the body is there still; credentials may have joined it.
    fileprivate func keepsBody(of request: WireRequest) -> Bool {
        if body == request.body { return true }
        if let before = (try? StrictJSON.parse(request.body))?.objectValue {
            guard let after = (try? StrictJSON.parse(body))?.objectValue else { return false }
            return before.members.allSatisfy { after[$0.name] == $0.value }
        }
        let after = Self.pairs(body)
        return !request.body.isEmpty && Self.pairs(request.body).isSubset(of: after)
    }

    private static func pairs(_ body: [UInt8]) -> Set<Substring> {
        Set(String(decoding: body, as: UTF8.self).split(separator: "&"))
    }
}
