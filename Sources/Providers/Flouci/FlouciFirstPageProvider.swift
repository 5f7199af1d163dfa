import Router

/// The hosted page of the first version: keys in the body of the opening call, and in two headers of the question.
///
/// Source: protocol notes 3; public code only. It has no webhook: the page's end is found by asking.
struct FlouciFirstPageProvider: Collecting, Checking {
    let connection: FlouciConnection
    let takesCards: Bool
    let manifest: ProviderManifest

    private var opening: String { connection.root + "/api/generate_payment" }

    init(connection: FlouciConnection, takesCards: Bool, limits: AmountRange) {
        self.connection = connection
        self.takesCards = takesCards
        manifest = ProviderManifest(
            kind: FlouciKind.name, channels: ["flouci"],
            currencies: [.init(.tnd, minimum: limits.minimum, maximum: limits.maximum)],
            payerActions: ["redirect", "show_qr"], referenceShape: .uuid, contract: FlouciPageProvider.contract,
            mayReuseConnections: false,
            unverified: ["whether version 1 is still served", "its answers and error shapes", "amount limits"])
    }

    func prepare(_ order: CollectOrder, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try manifest.admit(order)
        guard !order.capturesLater else { throw .invalid("version 1 cannot hold money") }
        let back = try order.checkedReturnURLs(in: connection.environment)
        let body: JSONValue = [
            "amount": JSONValue(order.amount.minorUnits), "accept_card": .bool(takesCards),
            "session_timeout_secs": JSONValue(order.sessionSeconds), "success_link": .string(back.success),
            "fail_link": .string(back.failure), "developer_tracking_id": .string(order.reference),
        ]
        let reply: WireReply
        do throws(AskFailure) {
            reply = try await wire.ask(
                WireRequest(
                    .post, opening,
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
        do throws(AskFailure) {
            let reply = try await wire.ask(
                WireRequest(
                    .get, connection.root + "/api/verify_payment/" + PercentEncoding.encode(paymentID),
                    headers: [.init("Accept", "application/json")]))
            return FlouciReplies.verdict(reply, paymentID: paymentID, reference: order.reference)
        } catch {
            return .couldNotAnswer(error.text)
        }
    }

    /// The keys travel in the opening's body and in the question's headers, so they are put there at the last moment.
    func authorize(_ request: WireRequest, _ stamp: CallStamp) -> WireRequest {
        var request = request
        guard request.method == .post else {
            request.headers += [
                .init("apppublic", connection.publicKey.reveal()), .init("appsecret", connection.privateKey.reveal()),
            ]
            return request
        }
        guard request.url == opening, let parsed = try? StrictJSON.parse(request.body), var body = parsed.objectValue
        else { return request }
        body["app_token"] = .string(connection.publicKey.reveal())
        body["app_secret"] = .string(connection.privateKey.reveal())
        request.body = JSONValue.object(body).serialized()
        return request
    }
}
