import Crypto
import Router

/// Another phone number for a holder who has lost the old one: two different people sign the same number.
///
/// Nobody is signed in afterwards, and the number has to be confirmed with a code that is sent to it.
struct PhoneReplacement: Sendable {
    let admin: HoldersAdmin

    /// A first signature counts no longer than this, in seconds.
    static let validSeconds: Int64 = 86_400

    /// The body of the call.
    struct Input: Decodable {
        var phone: String
        var person: String
        var token: String

        enum CodingKeys: String, CodingKey {
            case phone, token
            case person = "as"
        }
    }

    /// Takes a person's signature; the second person's replaces the number.
    func sign(_ request: APIRequest) async throws(Problem) -> APIResponse {
        let account = try await admin.account(request)
        let input = try JSONBody.decode(Input.self, try JSONBody.object(request))
        let person = try await admin.tokens.person(input.person, input.token, in: admin.store)
        let phone = try MSISDN.read(input.phone, nil, at: "/phone")
        let name = "holder_phone:\(account.id)"
        let known = try await admin.stored { () async throws(StoreFailure) in try await admin.store.fact(name) }
        let wish = Self.digest(account, phone)
        if let first = known.flatMap(Signature.init), try await counts(first, wish, beside: person) {
            let changed = try await admin.changed(account) { account in
                account.phone = .init(phone)
                account.generation += 1
            }
            try await admin.stored { () async throws(StoreFailure) in try await admin.store.setFact(name, "") }
            return answer(changed, person.name, isDone: true)
        }
        let signature = Signature(person: person.name, at: admin.time.now, wish: wish)
        try await admin.stored { () async throws(StoreFailure) in
            try await admin.store.setFact(name, signature.text)
        }
        return answer(account, person.name, isDone: false)
    }

    /// Whether a first signature counts beside a second one: it is another person's, who may still sign, for the same.
    private func counts(_ first: Signature, _ wish: String, beside second: Person) async throws(Problem) -> Bool {
        guard first.wish == wish, first.person != second.name,
            admin.time.now < first.at.adding(seconds: Self.validSeconds)
        else { return false }
        let signer = try await admin.stored { () async throws(StoreFailure) in
            try await admin.store.person(named: first.person)
        }
        return signer.map { $0.revokedAt == nil } ?? false
    }

    private func answer(_ account: Account, _ person: String, isDone: Bool) -> APIResponse {
        .json([
            "object": "signature", "holder": .string(account.username.text), "person": .string(person),
            "replaced": .bool(isDone), "phone": JSONValue(account.phone?.value.masked),
        ])
    }

    /// What is signed; a number is not kept in clear for it, and a changed account needs new signatures.
    private static func digest(_ account: Account, _ phone: MSISDN) -> String {
        SHA256.hash(data: Array("\(account.id) \(account.generation) \(phone.e164)".utf8))
            .map { String($0, radix: 16) }.joined(separator: ".")
    }

    /// Who signed what first, and when.
    private struct Signature {
        var person: String
        var at: Moment
        var wish: String

        init(person: String, at: Moment, wish: String) { (self.person, self.at, self.wish) = (person, at, wish) }

        init?(_ text: String) {
            let parts = text.split(separator: " ", maxSplits: 2).map(String.init)
            guard parts.count == 3, let milliseconds = Int64(parts[0]) else { return nil }
            self.init(person: parts[2], at: Moment(milliseconds: milliseconds), wish: parts[1])
        }

        var text: String { "\(at.milliseconds) \(wish) \(person)" }
    }
}
