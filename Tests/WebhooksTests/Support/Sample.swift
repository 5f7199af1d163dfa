import Router
import RouterTestKit
import Testing

@testable import Host

extension Event {
    /// The bytes of an event that was written already.
    var body: [UInt8] { if case .written(let bytes) = content { bytes } else { [] } }
}

/// Ready-made values.
enum Sample {
    static let app = AppID(known: "app_01JD3K0000AAAAAAAAAAAAAAAA")
    static let otherApp = AppID(known: "app_01JD3K0000BBBBBBBBBBBBBBBB")
    /// The bytes 00 to 1f.
    static let secret = Secret("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
    /// The bytes 20 to 3f.
    static let newSecret = Secret("whsec_ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=")
    static let url = "https://shop.example/hooks?kind=pay"

    static func event(_ number: Int, app: AppID = app, type: String = "payment.succeeded") -> Event {
        let digits = String(1_000 + number)
        // Odd spacing on purpose: whoever writes the body again changes it.
        let body = "{ \"type\" : \"\(type)\",\"sequence\":\(number), \"data\":{\"amount\":5000} }"
        return Event(
            id: EventID(known: "evt_01JD3K0000EEEEEEEEEEEE" + digits), app: app, environment: .sandbox,
            order: OrderID(known: "pay_01JD3K0000PPPPPPPPPPPP" + digits), sequence: Int64(number), type: type,
            at: .start, content: .written(Array(body.utf8)))
    }

    static func endpoint(
        _ number: Int = 1, app: AppID = app, environment: PayEnvironment = .sandbox, url: String = url,
        types: [String] = [],
        secrets: [Secret] = [secret]
    ) -> WebhookEndpoint {
        WebhookEndpoint(
            id: WebhookEndpointID(known: "whe_01JD3K0000WWWWWWWWWWWW" + String(1_000 + number)), app: app,
            environment: environment, url: url, types: types, secrets: secrets, isEnabled: true, createdAt: .start)
    }
}
