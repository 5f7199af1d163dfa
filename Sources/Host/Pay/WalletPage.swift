import Pages
package import Router

/// `/w/{id}`: the page behind a wallet's lasting QR code.
///
/// It says whose wallet it is, so that whoever scans the code on a counter knows. A wallet of an app is paid into there and then,
/// if the app has static QR codes; a holder's is sent money from the pages of holders.
package struct WalletPage: Sendable {
    let engine: Engine
    let keys: KeyRing
    /// Where holders send money from pages of their own; `nil` where nobody does.
    let holders: PayEnvironment?
    let form: CounterForm

    package init(
        engine: Engine, keys: KeyRing, holders: PayEnvironment? = nil, limits: RequestLimits? = nil
    ) {
        self.engine = engine
        self.keys = keys
        self.holders = holders
        form = CounterForm(engine: engine, limits: limits)
    }

    package func register(in routes: inout RouteTable) {
        routes.open("GET", "/w/{id}", limit: .pages) { request throws(Problem) in
            try await visit(request) { visit, language throws(Problem) in
                if let counter = try await counter(visit) { return form.show(counter, .init(), language) }
                return show(visit, language)
            }
        }
        routes.open("POST", "/w/{id}", limit: .checkout, work: .create) { request throws(Problem) in
            try await visit(request) { visit, language throws(Problem) in
                guard let counter = try await counter(visit) else { return PayFrame.closed(language) }
                return try await form.begin(request, counter, language)
            }
        }
    }

    private struct Visit: Sendable {
        var standing: WalletStanding
        var app: App?
    }

    private func visit(
        _ request: APIRequest, _ body: (Visit, PayLanguage) async throws(Problem) -> APIResponse
    ) async throws(Problem) -> APIResponse {
        let query = try QueryParameters(request.query, allowed: ["lang"])
        let language = PayLanguage.chosen(query["lang"], nil, acceptLanguage: request.header("accept-language"))
        let texts = language.texts
        guard
            let standing = try await WalletReader(store: engine.store, time: engine.time).standing(
                request.parameters["id"])
        else {
            return PayFrame.notice(texts.walletUnknown, texts.walletUnknownText, language, status: 404)
        }
        guard try await keys.isOpen(standing.wallet.app) else { return PayFrame.closed(language) }
        return try await body(Visit(standing: standing, app: try await app(standing.wallet.app)), language)
    }

    private func app(_ id: AppID) async throws(Problem) -> App? {
        do throws(StoreFailure) { return try await engine.store.app(id) } catch {
            throw Problem(.unavailable, "the wallet cannot be shown now")
        }
    }

    /// What the code of an app's own wallet leads to; `nil` if nobody pays there.
    ///
    /// An app that has a key of a QR code in force takes what strangers pay: that is its wish, for its wallets, too.
    private func counter(_ visit: Visit) async throws(Problem) -> Counter? {
        let wallet = visit.standing.wallet
        guard wallet.owner == .app, visit.standing.balance.state != .closed, let app = visit.app else { return nil }
        let (all, now): ([AppKey], Moment) = (try await appKeys(app.id), engine.time.now)
        let isOpen = all.contains { key in
            key.role == .qr && key.environment == wallet.environment && (key.expiresAt.map { now < $0 } ?? true)
        }
        guard isOpen else { return nil }
        return Counter(
            app: app.id, environment: wallet.environment, currency: wallet.currency, shop: app.name,
            owner: wallet.holder.name, wallet: wallet.id, defaultCountry: app.defaultCountry, path: "/w/\(wallet.id)")
    }

    private func appKeys(_ app: AppID) async throws(Problem) -> [AppKey] {
        do throws(StoreFailure) { return try await engine.store.keys(of: app) } catch {
            throw Problem(.unavailable, "the app cannot be looked up now")
        }
    }

    private func show(_ visit: Visit, _ language: PayLanguage) -> APIResponse {
        let standing = visit.standing
        let takes = holders == standing.wallet.environment && standing.balance.state != .closed
        return PayFrame.response(
            .wallet, Self.model(standing, app: visit.app?.name, takesMoney: takes, language), language: language)
    }

    /// What `pay/wallet.mustache` is filled with.
    static func model(
        _ standing: WalletStanding, app: String?, takesMoney: Bool = false, _ language: PayLanguage
    ) -> PageModel {
        let (texts, wallet) = (language.texts, standing.wallet)
        let rows = [
            (texts.walletOwner, wallet.holder.name ?? app), (texts.walletApp, app),
            (texts.walletCurrency, wallet.currency.code),
        ]
        let isClosed = standing.balance.state == .closed
        return [
            "title": .text(texts.walletTitle), "heading": .text(isClosed ? texts.walletClosed : texts.walletTitle),
            "details": .list(
                rows.compactMap { label, value in
                    value.map { ["label": .text(label), "value": .text($0)] as PageModel }
                }),
            "message": .text(isClosed ? texts.walletClosedText : texts.walletText),
            "send": .model(
                takesMoney
                    ? [
                        "address": .text("/wallet/send?to=\(wallet.id)"),
                        "label": .text(HolderTexts.of(language)["send"]),
                    ] : nil),
            "languages": .list(
                PayLanguage.allCases.map { other in
                    [
                        "address": .text("/w/\(wallet.id)?lang=\(other.rawValue)"), "language": .text(other.rawValue),
                        "name": .text(other.name), "isCurrent": .flag(other == language),
                    ]
                }),
        ]
    }
}
