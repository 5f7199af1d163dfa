import Crypto
import Router

/// The people who sign findings, as far as accounts have to do with them: whoever may sign in the console is one of them, under one
/// name for ever, so that nobody signs twice as two.
struct Signers: Sendable {
    let store: any Store
    let time: any TimeSource

    /// The signer of an account, as it has to be written for its roles.
    ///
    /// - Parameters:
    ///   - account: Whose.
    ///   - roles: What it may do from now on.
    ///   - name: The name of `payrouter people` that the same human signs under already; `nil` for a new signer.
    /// - Returns: The signer as it is written with the account; `nil` if nothing changes.
    /// - Throws: A ``Problem`` if the name is another human's.
    func person(
        for account: Account, roles: Set<AccountRole>, named name: String?
    ) async throws(Problem) -> Person? {
        let all: [Person]
        do throws(StoreFailure) { all = try await store.people() } catch {
            throw Problem(.unavailable, "people cannot be looked up now: \(error)")
        }
        let isSigner = roles.contains { $0.signs }
        if var known = all.first(where: { $0.account == account.id }) {
            guard name == nil || name == known.name else {
                throw Problem(.limitReached, "this account signs as \"\(known.name)\", for ever")
            }
            guard isSigner == (known.revokedAt != nil) else { return nil }
            known.revokedAt = time.now
            if isSigner { allowAgain(&known) }
            return known
        }
        if let name {
            guard var known = all.first(where: { $0.name == name }) else {
                throw Problem(.notFound, "there is no person \"\(name)\"; `payrouter people list` shows them")
            }
            guard known.account == nil else { throw Problem(.limitReached, "\"\(name)\" has an account already") }
            guard isSigner || known.revokedAt != nil else {
                throw Problem(
                    .invalidRequest, "\"\(name)\" may sign; an account of theirs needs the role finance or admin")
            }
            known.account = account.id
            if isSigner, known.revokedAt != nil { allowAgain(&known) }
            return known
        }
        guard isSigner else { return nil }
        let own = account.username.text
        guard !all.contains(where: { $0.name.lowercased() == own }) else {
            throw Problem(
                .limitReached,
                "\"\(own)\" is or was a signer's name; if it is the same human's, say so with --person, else choose another "
                    + "user name")
        }
        return Person(name: own, tokenHash: Self.noToken(), createdAt: time.now, account: account.id)
    }

    /// A token and a signature of before would speak for somebody who was to sign no more.
    private func allowAgain(_ person: inout Person) {
        (person.revokedAt, person.createdAt, person.tokenHash) = (nil, time.now, Self.noToken())
    }

    /// The name under which an account signs; `nil` if it may not.
    func name(of account: Account) async throws(Problem) -> String? {
        do throws(StoreFailure) {
            return try await store.people().first { $0.account == account.id && $0.revokedAt == nil }?.name
        } catch { throw Problem(.unavailable, "people cannot be looked up now: \(error)") }
    }

    /// A hash that no token has.
    private static func noToken() -> [UInt8] {
        let random = SystemRandom()
        let bytes = (0..<4).flatMap { _ in withUnsafeBytes(of: random.next()) { Array($0) } }
        return Array(SHA256.hash(data: bytes))
    }
}
