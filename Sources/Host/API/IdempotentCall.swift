import Router

/// A call that makes something and carries an idempotency key: which of its faults speaks first is decided here, for all of
/// them alike.
///
/// From first to last:
/// 1. the key cannot be used;
/// 2. the body cannot be read, so that nothing can be compared with it: no JSON object, or one with a card number;
/// 3. the store does not answer: 503, whatever else may be wrong, for nobody knows what the key is bound to;
/// 4. the key is bound: by this request to what it made, which is the answer; by another one, which is refused;
/// 5. the body is refused;
/// 6. what the path names does not exist for this caller;
/// 7. the order's state, its order number or routing refuses.
///
/// So a request that was accepted once is never told that nothing was done, whatever has changed since. What is accepted
/// costs no look-up of its own: the engine binds the key in the commit that accepts. Whom the limits turn away, nobody has
/// read: that answer speaks of this request alone, and says so.
struct IdempotentCall: Sendable {
    let key: String
    let body: JSONValue
    let fingerprint: [UInt8]
    private let caller: Caller
    private let engine: Engine

    /// Reads the key and the body; the rest is said by ``run(_:_:)``.
    ///
    /// - Parameters:
    ///   - request: What came.
    ///   - caller: Whose keys these are.
    ///   - engine: Whose store knows what they are bound to.
    ///   - mayBeEmpty: Whether no body means an empty object.
    /// - Throws: Faults 1 and 2.
    init(
        _ request: APIRequest, _ caller: Caller, _ engine: Engine, mayBeEmpty: Bool = false
    ) throws(Problem) {
        let key = try JSONBody.idempotencyKey(request)
        self.init(key: key, try JSONBody.object(request, optional: mayBeEmpty), request, caller, engine)
    }

    /// A call whose key and content came otherwise than as header and JSON, and were read already.
    init(key: String, _ body: JSONValue, _ request: APIRequest, _ caller: Caller, _ engine: Engine) {
        self.key = key
        self.body = body
        fingerprint = JSONBody.fingerprint(request, body)
        self.caller = caller
        self.engine = engine
    }

    /// Judges the call and does it.
    ///
    /// - Parameters:
    ///   - operation: What the key is used for; `nil` if the path names nothing that could exist.
    ///   - work: Faults 5 to 7, in this order, and what is done if there are none.
    /// - Returns: What came of it, or what the same request made before.
    /// - Throws: What `work` throws, unless the key has something to say first.
    func run(
        _ operation: KeyedOperation?, _ work: () async throws(Problem) -> Engine.CommandResult
    ) async throws(Problem) -> Engine.CommandResult {
        let outcome: Result<Engine.CommandResult, Problem>
        do throws(Problem) { outcome = .success(try await work()) } catch { outcome = .failure(error) }
        if case .success(let result) = outcome, !result.isRefusal { return result }
        if let operation, let earlier = try await earlier(operation) { return earlier }
        return try outcome.get()
    }

    /// What the key is bound to; `nil` if it is free.
    private func earlier(_ operation: KeyedOperation) async throws(Problem) -> Engine.CommandResult? {
        let name = IdempotencyRecord.Key(operation, app: caller.app, environment: caller.environment, key: key)
        do throws(StoreFailure) {
            guard let idempotencyRecord = try await engine.store.idempotencyRecord(name) else { return nil }
            guard idempotencyRecord.fingerprint == fingerprint else { return .keyReused(idempotencyRecord) }
            guard let aggregate = try await engine.store.orderAggregate(idempotencyRecord.order) else {
                return .unknown
            }
            return .replayed(aggregate, idempotencyRecord)
        } catch {
            engine.observer.record(.storeFailed(error))
            throw Problem(
                .unavailable,
                "what this key was used for cannot be looked up now; send the same request again, with the same key",
                outcome: .unknown)
        }
    }
}

extension APIRequest {
    /// The payment that the path names, whoever has it; `nil` if what stands there is no payment's id.
    var payment: OrderID? { parameters["id"].flatMap { OrderID($0, .payment) } }
}

extension Engine.CommandResult {
    /// Whether nothing was done, so that an earlier use of the key has precedence.
    fileprivate var isRefusal: Bool {
        switch self {
        // The operator has refused a code: that is stored under the key.
        case .done, .replayed, .wrongCode: false
        // Said by the key, or by the store.
        case .keyReused, .unknown: false
        case .unavailable, .noRoute, .noProviderNow, .notPossible, .codeUnchecked, .unusableInput, .notAccepted,
            .possibleDuplicate, .wrongRepeat, .tooManyAlike, .refused, .walletRefused, .ledgerRefused,
            .recipientUnknown, .recipientUnverified, .challengeRefused, .billRefused:
            true
        }
    }
}
