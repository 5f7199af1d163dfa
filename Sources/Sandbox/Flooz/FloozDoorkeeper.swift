import COpenSSL
import Synchronization

/// Checks the authorization header strictly (docs/protocols/flooz.md, A2): who calls, and that no number is used twice.
final class FloozDoorkeeper: Sendable {
    private struct State: Sendable {
        var used: Set<Int64> = []
        var issued: Set<String> = []
    }

    private let state = Mutex(State())

    /// A token of the token endpoint.
    func issue() -> String {
        let token = Identifiers.token(40)
        state.withLock { state in
            if state.issued.count > 10_000 { state.issued = [] }
            state.issued.insert(token)
        }
        return token
    }

    /// The user name that the header proves; `nil` if it proves none.
    ///
    /// The demo user's numbers are good once each. The other user's is always 0 or 16, as some partners have it.
    func user(_ header: String?) -> String? {
        guard let header else { return nil }
        if header == SandboxCredentials.floozAPIKey || state.withLock({ $0.issued.contains(header) }) {
            return SandboxCredentials.floozUser
        }
        guard let plain = Self.open(header) else { return nil }
        let parts = plain.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int64(parts[0]),
            parts[2] == SandboxCredentials.floozPassword
        else { return nil }
        switch parts[1] {
        case SandboxCredentials.floozConstantUser: return number == 0 || number == 16 ? parts[1] : nil
        case SandboxCredentials.floozUser: return state.withLock { $0.used.insert(number).inserted } ? parts[1] : nil
        default: return nil
        }
    }

    /// Decrypts `base64(cipher)`, with a zero vector, or `base64(vector):base64(cipher)`.
    static func open(_ header: String) -> String? {
        let halves = header.split(separator: ":", omittingEmptySubsequences: false)
        guard halves.count <= 2, let last = halves.last, let cipher = Base64URL.decode(last),
            !cipher.isEmpty, cipher.count.isMultiple(of: 16), last.utf8.count.isMultiple(of: 4)
        else { return nil }
        let vector = halves.count == 2 ? Base64URL.decode(halves[0]) : [UInt8](repeating: 0, count: 16)
        guard let vector, vector.count == 16 else { return nil }
        var out = [UInt8](repeating: 0, count: cipher.count + 16)
        let key = Array(SandboxCredentials.floozEncryptionKey.utf8)
        let count = payrouter_cbc_decrypt(key, vector, cipher, Int32(cipher.count), &out)
        return count < 0 ? nil : String(validating: out.prefix(Int(count)), as: UTF8.self)
    }
}
