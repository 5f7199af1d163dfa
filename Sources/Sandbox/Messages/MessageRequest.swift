import FoundationEssentials

/// The body of `POST /_messages`.
struct MessageRequest: Sendable, Hashable {
    /// Why a message cannot be taken, in words for whoever sent it.
    struct Mistake: Error {
        var description: String
    }

    private struct Wire: Decodable {
        var id: String?
        var to: String
        var kind: String
        var subject: String?
        var text: String
    }

    var id: String?
    var to: String
    var kind: SandboxMessage.Kind
    var subject: String?
    var text: String

    /// Reads a body.
    init(_ body: [UInt8]) throws(Mistake) {
        let wire: Wire
        do { wire = try JSONDecoder().decode(Wire.self, from: Data(body)) } catch let error as DecodingError {
            throw Mistake(description: error.plainText)
        } catch { throw Mistake(description: "the body is not JSON") }
        guard let kind = SandboxMessage.Kind(rawValue: wire.kind) else {
            let known = SandboxMessage.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw Mistake(description: "kind: one of \(known)")
        }
        switch kind {
        case .sms:
            guard wire.to.wholeMatch(of: /\+[0-9]{6,15}/) != nil else {
                throw Mistake(description: "to: a number such as +22890112233")
            }
            guard wire.subject == nil else { throw Mistake(description: "subject: for \"mail\" only") }
        case .mail:
            guard wire.to.wholeMatch(of: /[!-~]{1,64}@[!-~]{1,189}/) != nil, wire.to.count(where: { $0 == "@" }) == 1
            else {
                throw Mistake(description: "to: an address such as ama@example.com")
            }
        }
        guard !wire.text.isEmpty else { throw Mistake(description: "text: must not be empty") }
        (id, to, self.kind, subject, text) = (wire.id, wire.to, kind, wire.subject, wire.text)
    }
}
