import Router

/// A wallet as callers see it; phone numbers are masked.
struct WalletView: Sendable {
    let publicURL: String
    /// Whether it says whose app the wallet is: for people of the platform.
    var showsApp = false

    /// The wallet's page for whoever scans its code.
    func pageURL(_ id: WalletID) -> String { "\(publicURL)/w/\(id)" }

    func json(_ standing: WalletStanding) -> JSONValue {
        let (wallet, balance) = (standing.wallet, standing.balance)
        let limits = WalletOperation.allCases.map { operation in
            JSONObject.Member(
                operation.rawValue,
                .object(
                    JSONObject(
                        WalletLimit.Measure.allCases.map { measure in
                            .init(measure.rawValue, Self.json(standing.limits, operation, measure))
                        })))
        }
        let shown: JSONValue = [
            "id": .string(wallet.id.text), "object": "wallet", "environment": .string(wallet.environment.rawValue),
            "owner": .string(wallet.owner.rawValue), "purpose": .string(wallet.purpose.rawValue),
            "currency": .string(wallet.currency.code), "state": .string(balance.state.rawValue),
            "balance": [
                "posted": JSONValue(balance.posted), "held": JSONValue(balance.held),
                "available": JSONValue(balance.available),
            ],
            "limits": .object(JSONObject(limits)), "reference": JSONValue(wallet.reference),
            "name": JSONValue(wallet.holder.name), "phone": JSONValue(wallet.holder.phone?.masked),
            "email": JSONValue(wallet.holder.email), "page_url": .string(pageURL(wallet.id)),
            "qr_svg_url": .string("\(publicURL)/v1/wallets/\(wallet.id)/qr.svg"),
            "qr_png_url": .string("\(publicURL)/v1/wallets/\(wallet.id)/qr.png"),
            "created_at": .string(wallet.createdAt.description),
        ]
        guard showsApp, var object = shown.objectValue else { return shown }
        object["app"] = .string(wallet.app.text)
        return .object(object)
    }

    private static func json(
        _ limits: [WalletLimit], _ operation: WalletOperation, _ measure: WalletLimit.Measure
    ) -> JSONValue {
        guard let limit = limits.first(where: { $0.operation == operation && $0.measure == measure }) else {
            return .null
        }
        return ["most": JSONValue(limit.most), "used": JSONValue(limit.used)]
    }
}
