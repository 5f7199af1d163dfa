import Router

/// Another phone number for a holder who has lost the old one: two different people sign the same number.
///
/// Nobody is signed in afterwards, and the number has to be confirmed with a code that is sent to it.
struct PhoneReplacement: Sendable {
    let admin: HoldersAdmin

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
        let signatures = TwoSignatures(store: admin.store, tokens: admin.tokens, time: admin.time)
        let signer = TwoSignatures.Signer(name: input.person, token: input.token)
        // The signer is known before anything is said of the number.
        _ = try await admin.tokens.person(input.person, input.token, in: admin.store)
        let phone = try MSISDN.read(input.phone, nil, at: "/phone")
        let name = "holder_phone:\(account.id)"
        // A changed account needs new signatures.
        let wish = "\(account.id) \(account.generation) \(phone.e164)"
        guard try await signatures.sign(signer, about: name, wish) != nil else {
            return answer(account, input.person, isDone: false)
        }
        let changed = try await admin.changed(account) { account in
            account.phone = .init(phone)
            account.generation += 1
        }
        try await signatures.forget(name)
        return answer(changed, input.person, isDone: true)
    }

    private func answer(_ account: Account, _ person: String, isDone: Bool) -> APIResponse {
        .json([
            "object": "signature", "holder": .string(account.username.text), "person": .string(person),
            "replaced": .bool(isDone), "phone": JSONValue(account.phone?.value.masked),
        ])
    }
}
