import Router

/// Static QR codes of an app: each has a key of its own, so that each can be taken down by itself.
extension AppsAdmin {
    private struct QRInput: Decodable {
        var environment: PayEnvironment
        var currency: String
    }

    func registerQR(in routes: inout RouteTable) {
        routes.open("POST", "/apps/{id}/qr") { request throws(Problem) in
            let app = try await app(request)
            let input = try JSONBody.decode(QRInput.self, try JSONBody.object(request))
            guard let currency = Currency(code: input.currency) else {
                throw Problem(.unsupportedCurrency, CurrencyWords.fault(input.currency))
            }
            let (text, record) = keys.makeQR(
                app: app.id, environment: input.environment, currency: currency, at: time.now, random: random)
            return try await guarded { () async throws(StoreFailure) in
                try await store.insert(record)
                keys.forget()
                let shown = json(app, try await store.keys(of: app.id))
                guard var object = shown.objectValue else { return .json(shown, status: 201) }
                object["qr_url"] = .string(ShopPage.url(text, publicURL))
                return .json(.object(object), status: 201)
            }
        }
    }
}
