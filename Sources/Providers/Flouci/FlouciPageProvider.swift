import Router

/// The hosted page: opening it moves nothing, the payer pays there, and asking by payment id tells.
struct FlouciPageProvider: Collecting, Checking, ReceivingCallbacks {
    let connection: FlouciConnection
    let takesCards: Bool
    let manifest: ProviderManifest

    init(connection: FlouciConnection, takesCards: Bool, limits: AmountRange) {
        self.connection = connection
        self.takesCards = takesCards
        manifest = ProviderManifest(
            kind: FlouciKind.name, channels: ["flouci"],
            currencies: [.init(.tnd, minimum: limits.minimum, maximum: limits.maximum)],
            payerActions: ["redirect", "show_qr"], referenceShape: .uuid, contract: Self.contract,
            mayReuseConnections: false, unverified: Self.unverified)
    }

    /// Asking too often gets the address banned, so it is asked slowly.
    private static let contract = ProviderContract(
        key: .none, keyWindowSeconds: 0, check: .byOperatorReference, absenceIsAuthoritative: false,
        visibilityLagSeconds: 60, maximumServerLifeSeconds: 86_400, absenceSpanSeconds: 600,
        promptLifetimeSeconds: 300, failureQuarantineSeconds: 360, authenticationPrecedesExecution: true,
        throttlingPrecedesExecution: false, resendPromptsPayerAgain: true, callback: .none, checksPerSecond: 1,
        checkLadder: CheckLadder(seconds: [5, 10, 20, 30, 60, 60, 120, 300, 300, 600, 1_200, 1_200]),
        reviewAfterSeconds: 1_800)

    private static let unverified = [
        "amount limits", "longest session", "answers to bad keys", "rate limits",
        "callback method, content and repetition", "whether FAILURE can still become SUCCESS in one session",
        "whether `success` is true beside FAILURE and EXPIRED",
    ]

    func prepare(_ order: CollectOrder, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try manifest.admit(order)
        let back = order.callbackURL + "/return"
        let success = order.returnURLs.success ?? back
        let failure = order.returnURLs.failure ?? back
        for url in [success, failure, order.callbackURL] {
            guard let address = WebAddress(url), address.scheme == "https" || connection.environment == .sandbox else {
                throw .invalid("return and callback addresses must be absolute https addresses")
            }
        }
        let body: JSONValue = [
            "amount": JSONValue(order.amount.minorUnits), "success_link": .string(success),
            "fail_link": .string(failure),
            "webhook": .string(order.callbackURL), "developer_tracking_id": .string(order.reference),
            "session_timeout_secs": JSONValue(order.sessionSeconds), "accept_card": .bool(takesCards),
        ]
        let reply: WireReply
        do throws(AskFailure) {
            reply = try await wire.ask(
                WireRequest(
                    .post, connection.root + "/api/v2/generate_payment",
                    headers: [.init("Content-Type", "application/json"), .init("Accept", "application/json")],
                    body: body.serialized()))
        } catch {
            throw PreparationFailure(error)
        }
        let created = try FlouciReplies.created(
            reply, reference: order.reference, mayShow: { connection.mayShow($0) })
        return .session(
            Session(
                operatorReference: created.paymentID,
                actions: [.redirect(url: created.link), .showQR(content: created.link)],
                lifetimeSeconds: order.sessionSeconds))
    }

    /// This flow has no money request of ours, so there is no reply to read.
    func read(_ reply: WireReply, to order: CollectOrder) -> Answer { .unknown(Doubt(.unlisted)) }

    func check(_ order: MoneyOrder, asking wire: any Asking) async -> Finding {
        guard case .collect(let order) = order else { return .couldNotAnswer("only collections can be asked about") }
        guard let paymentID = order.operatorReference else { return .couldNotAnswer("no payment id is known") }
        let reply: WireReply
        do throws(AskFailure) {
            reply = try await wire.ask(
                WireRequest(
                    .get, connection.root + "/api/v2/verify_payment/" + PercentEncoding.encode(paymentID),
                    headers: [.init("Accept", "application/json")]))
        } catch {
            return .couldNotAnswer(error.text)
        }
        return FlouciReplies.verdict(reply, paymentID: paymentID, reference: order.reference)
    }

    func authorize(_ request: WireRequest, _ stamp: CallStamp) -> WireRequest {
        var request = request
        let pair = connection.publicKey.reveal() + ":" + connection.privateKey.reveal()
        request.headers.append(.init("Authorization", "Bearer " + pair))
        return request
    }

    /// Nothing is signed and the form is not documented: whatever names one payment id is a reason to ask.
    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        var ids = FormReading.values(of: "payment_id", in: callback.query)
        if let first = callback.body.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
            if first == UInt8(ascii: "{") {
                guard let body = try? StrictJSON.parse(callback.body) else { return .refused(.malformed) }
                let places = [body, body["result"], body["data"]].compactMap { $0?["payment_id"] }
                ids += places.map { $0.stringValue ?? "" }
            } else {
                ids += FormReading.values(of: "payment_id", in: String(decoding: callback.body, as: UTF8.self))
            }
        }
        guard let id = ids.first, ids.allSatisfy({ $0 == id }), FlouciReplies.isPaymentID(id) else {
            return .refused(.malformed)
        }
        return .about(
            CallbackFact(about: .operatorReference(id), claim: .unknown(Doubt(.unlisted)), isAuthentic: false))
    }
}

/// Reads `a=b&c=d`.
private enum FormReading {
    /// Every value of one name, decoded; a value that cannot be decoded is empty.
    static func values(of name: String, in text: String) -> [String] {
        text.split(separator: "&").compactMap { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard decoded(parts[0]) == name else { return nil }
            return parts.count == 2 ? decoded(parts[1]) ?? "" : ""
        }
    }

    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard rest.count >= 2, let value = Hex.bytes(String(decoding: rest.prefix(2), as: UTF8.self))?.first
                else {
                    return nil
                }
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
