import Pages
package import Router

/// `/w/{id}`: the page behind a wallet's lasting QR code.
///
/// It says whose wallet it is, so that whoever scans the code on a counter knows; paying is done in the app that made it.
package struct WalletPage: Sendable {
    let engine: Engine
    let keys: KeyRing
    /// Where holders send money from pages of their own; `nil` where nobody does.
    let holders: PayEnvironment?

    package init(engine: Engine, keys: KeyRing, holders: PayEnvironment? = nil) {
        self.engine = engine
        self.keys = keys
        self.holders = holders
    }

    package func register(in routes: inout RouteTable) {
        routes.open("GET", "/w/{id}", limit: .pages) { request throws(Problem) in try await show(request) }
    }

    private func show(_ request: APIRequest) async throws(Problem) -> APIResponse {
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
        let app: App?
        do throws(StoreFailure) { app = try await engine.store.app(standing.wallet.app) } catch {
            throw Problem(.unavailable, "the wallet cannot be shown now")
        }
        let takes = holders == standing.wallet.environment && standing.balance.state != .closed
        return PayFrame.response(
            .wallet, Self.model(standing, app: app?.name, takesMoney: takes, language), language: language)
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
