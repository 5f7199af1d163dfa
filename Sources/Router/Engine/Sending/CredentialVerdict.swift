/// What one transmission said about the credentials it carried.
enum CredentialVerdict: Sendable, Hashable {
    case refused
    /// The operator understood the request.
    case good
    /// Says nothing about the credentials.
    case none

    /// What a complete reply says: 401 refuses whatever its body is, 403 where the kind says so.
    init(_ reply: WireReply, _ answer: ProviderOutcome) {
        switch answer {
        case .rejected(let refusal) where refusal.reason == .credentialsRefused: self = .refused
        case _ where reply.status == 401: self = .refused
        case .succeeded, .pending, .rejected: self = .good
        case .unknown: self = (200..<300).contains(reply.status) ? .good : .none
        }
    }
}
