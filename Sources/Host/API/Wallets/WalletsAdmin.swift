import Router

/// Wallets of all apps, for the command line; on the control socket only.
struct WalletsAdmin: Sendable {
    let store: any Store
    let time: any TimeSource
    let view: WalletView

    /// How many lines of its history a wallet is shown with.
    private static let lines = 10

    private var reader: WalletReader { WalletReader(store: store, time: time) }

    func register(in routes: inout RouteTable) {
        routes.open("GET", "/wallets") { request throws(Problem) in
            try await reader.listOfAll(request.query, WalletView(publicURL: view.publicURL, showsApp: true))
        }
        routes.open("GET", "/wallets/{id}") { request throws(Problem) in
            .json(try await whole(try await standing(request)))
        }
        for (name, change) in [("freeze", .freeze), ("unfreeze", .unfreeze), ("close", .close)]
            as [(String, WalletChange)]
        {
            routes.open("POST", "/wallets/{id}/\(name)") { request throws(Problem) in
                let wallet = try await standing(request).wallet
                return .json(view.json(try await reader.change(wallet.id, change)))
            }
        }
    }

    private func standing(_ request: APIRequest) async throws(Problem) -> WalletStanding {
        let name = request.parameters["id"] ?? ""
        guard let standing = try await reader.standing(name) else {
            throw Problem(.notFound, "there is no wallet \"\(name)\"; `payrouter wallets list` shows them")
        }
        return standing
    }

    /// A wallet with the newest lines of its history.
    private func whole(_ standing: WalletStanding) async throws(Problem) -> JSONValue {
        let shown = WalletView(publicURL: view.publicURL, showsApp: true).json(standing)
        let (lines, _) = try await WalletHistoryAPI(store: store, time: time).lines(
            standing.wallet, before: nil, limit: Self.lines)
        var object = shown.objectValue ?? JSONObject()
        object["history"] = .array(lines.map(\.json))
        return .object(object)
    }
}
