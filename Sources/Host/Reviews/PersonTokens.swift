import Crypto
package import Router
import WebText

/// Makes and recognises the personal tokens of people who sign findings.
///
/// Only a keyed hash of a token is ever stored.
package struct PersonTokens: Sendable {
    private let keyed: HMAC<SHA256>

    package init(_ keys: DataKeys) { keyed = HMAC(key: keys[.personTokens]) }

    /// A fresh token of 256 random bits, shown once, and the record to store.
    func make(_ name: String, at now: Moment, random: any RandomSource) -> (token: String, person: Person) {
        let bytes = (0..<4).flatMap { _ in withUnsafeBytes(of: random.next().bigEndian) { Array($0) } }
        let token = "pt_" + Hex.text(bytes)
        return (token, Person(name: name, tokenHash: hash(token), createdAt: now))
    }

    /// Whether a token is a person's.
    ///
    /// What is compared are keyed hashes, so that the time it takes tells nothing about the token.
    func belongs(_ token: String, to person: Person) -> Bool { hash(token) == person.tokenHash }

    /// The person of a name, if the token is theirs and they may still sign.
    func person(_ name: String, _ token: String, in store: any PeopleStore) async throws(Problem) -> Person {
        let found: Person?
        do throws(StoreFailure) { found = try await store.person(named: name) } catch {
            throw Problem(.unavailable, "people cannot be looked up now: \(error)")
        }
        guard let found, found.revokedAt == nil, belongs(token, to: found) else {
            throw Problem(
                .forbidden, "\"\(name)\" with this token is nobody who may sign; `payrouter people list` shows who may")
        }
        return found
    }

    private func hash(_ token: String) -> [UInt8] {
        var code = keyed
        code.update(data: Array(token.utf8))
        return Array(code.finalize())
    }
}
