/// The harmless side of the wire, for `prepare` and `check`.
public protocol Asking: Sendable {
    /// Asks one question. Credentials and, for ``AccessTokenIssuing`` providers, the token are added by the core; an answer 401 or
    /// 403 makes it log in once more and ask again.
    ///
    /// - Throws: ``AskFailure`` if no complete reply came.
    func ask(_ request: WireRequest) async throws(AskFailure) -> WireReply
}

/// Why a question got no reply.
public enum AskFailure: Error, Sendable, Hashable {
    /// The wire failed; the operator may or may not have seen the question.
    case wire(TransportFailure)
    /// No access token could be had: the login was refused.
    case loginRefused(providerCode: String?)
    /// No access token could be had: the login got no readable answer.
    case loginUnreadable
}

extension AskFailure {
    /// Why, for logs.
    public var text: String {
        switch self {
        case .wire(let failure): "no reply: \(failure.kind.rawValue)"
        case .loginRefused: "the login was refused"
        case .loginUnreadable: "the login got no readable answer"
        }
    }
}

/// What asking gave, where it may have given nothing: a ``StatusCheckResult``, a ``BalanceFinding`` and the like.
public protocol AskOutcome: Sendable {
    /// The question got no answer, for the reason in the text.
    static func couldNotAnswer(_ why: String) -> Self
}

extension StatusCheckResult: AskOutcome {}
extension BalanceFinding: AskOutcome {}
extension PartyFinding: AskOutcome {}

extension ProbeFinding: AskOutcome {
    /// Nothing is proven either way.
    public static func couldNotAnswer(_ why: String) -> ProbeFinding { .unclear(why) }
}

extension Asking {
    /// Asks one question and reads the reply; without a reply nothing could be answered.
    public func ask<Outcome: AskOutcome>(
        _ request: WireRequest, _ read: (WireReply) async -> Outcome
    ) async -> Outcome {
        do throws(AskFailure) { return await read(try await ask(request)) } catch { return .couldNotAnswer(error.text) }
    }

    /// Asks one question that an attempt's preparation depends on.
    ///
    /// - Throws: ``PreparationFailure`` if no complete reply came: nothing was sent.
    public func askToPrepare(_ request: WireRequest) async throws(PreparationFailure) -> WireReply {
        do throws(AskFailure) { return try await ask(request) } catch {
            switch error {
            case .wire(let failure) where failure.kind == .exhausted:
                throw PreparationFailure(Refusal(.capacityExhausted), error.text)
            case .wire, .loginUnreadable: throw PreparationFailure(Refusal(.notSent), error.text)
            case .loginRefused(let code):
                throw PreparationFailure(Refusal(.credentialsRefused, providerCode: code), error.text)
            }
        }
    }
}
