import Crypto
import Router
import WebText

/// What two different people have to wish alike before it is done; the first signature is kept for a day.
///
/// What is wished is kept as a digest, so that nothing of it stands in clear.
struct TwoSignatures: Sendable {
    let store: any Store
    let tokens: PersonTokens
    let time: any TimeSource

    /// A first signature counts no longer than this, in seconds.
    static let validSeconds: Int64 = 86_400

    /// Who signs: a name and its token.
    struct Signer: Decodable, Sendable {
        var name: String
        var token: String

        enum CodingKeys: String, CodingKey {
            case name = "as"
            case token
        }
    }

    /// Takes a signature.
    ///
    /// - Parameters:
    ///   - signer: Who signs.
    ///   - name: What it is about, the same for both: the later of two first signatures about it counts.
    ///   - wish: What shall be done; the second person has to wish the same.
    /// - Throws: A ``Problem`` if the signer may not sign, or if signatures cannot be kept.
    /// - Returns: Whom to name beside the signer once both wish it; `nil` if the signature is the first.
    func sign(_ signer: Signer, about name: String, _ wish: String) async throws(Problem) -> String? {
        let person = try await tokens.person(signer.name, signer.token, in: store)
        let digest = Hex.text(SHA256.hash(data: Array(wish.utf8)))
        let known = try await stored { () async throws(StoreFailure) in try await store.fact(name) }
        if let first = known.flatMap(Signature.init), try await counts(first, digest, beside: person) {
            return first.person
        }
        let signature = Signature(person: person.name, at: time.now, wish: digest)
        try await stored { () async throws(StoreFailure) in try await store.setFact(name, signature.text) }
        return nil
    }

    /// Forgets a first signature, once what it wished is done.
    func forget(_ name: String) async throws(Problem) {
        try await stored { () async throws(StoreFailure) in try await store.setFact(name, "") }
    }

    /// Whether a first signature counts beside a second one: it is another person's, who may still sign, for the same.
    private func counts(_ first: Signature, _ wish: String, beside second: Person) async throws(Problem) -> Bool {
        guard first.wish == wish, first.person != second.name,
            time.now < first.at.adding(seconds: Self.validSeconds)
        else { return false }
        let signer = try await stored { () async throws(StoreFailure) in
            try await store.person(named: first.person)
        }
        return signer?.vouches(since: first.at) ?? false
    }

    private func stored<Value>(_ body: () async throws(StoreFailure) -> Value) async throws(Problem) -> Value {
        do throws(StoreFailure) { return try await body() } catch {
            throw Problem(.unavailable, "signatures cannot be read or kept now: \(error)")
        }
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
