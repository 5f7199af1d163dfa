import Router
import WebText

extension WireRequest {
    /// A call with a JSON body and a JSON answer.
    static func json(_ url: String, _ body: JSONValue, method: Method = .post) -> WireRequest {
        WireRequest(
            method, url, headers: [.init("Content-Type", "application/json"), .init("Accept", "application/json")],
            body: body.serialized())
    }

    /// A question with a JSON answer.
    static func question(_ url: String, _ fields: [(String, String)] = []) -> WireRequest {
        WireRequest(
            .get, fields.isEmpty ? url : url + "?" + FormText.encoded(fields),
            headers: [.init("Accept", "application/json")])
    }

    /// The request with one more header.
    func with(_ name: String, _ value: String) -> WireRequest {
        var request = self
        request.headers.append(Header(name, value))
        return request
    }

    /// The request with more members in its JSON body; as it is, if it has none.
    ///
    /// For credentials that travel in the body and are put there at the last moment.
    func with(_ members: [JSONObject.Member]) -> WireRequest {
        guard var object = JSONValue(objectIn: body)?.objectValue else { return self }
        for member in members { object[member.name] = member.value }
        var request = self
        request.body = JSONValue.object(object).serialized()
        return request
    }
}

extension InboundCallback {
    /// The body if it is one JSON object, strictly read.
    var object: JSONValue? { JSONValue(objectIn: body) }
}

extension CallbackVerdict {
    /// A reason to ask, for notifications that prove nothing.
    static func hint(_ subject: CallbackSubject, _ code: String? = nil) -> CallbackVerdict {
        .about(CallbackFact(about: subject, claim: .unknown(Doubt(.unlisted, providerCode: code)), proof: .nothing))
    }
}
