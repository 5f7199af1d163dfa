import Pages
import RouterTestKit

@testable import Host
@testable import Router

extension PaySamples {
    /// A wallet whose name looks like markup.
    static func wallet(_ state: AccountBalance.State = .open) -> WalletStanding {
        let id = WalletID(known: "wal_01JD3K0000PPPPPPPPPPPPPPPP")
        let wallet = Wallet(
            id: id, app: AppID(known: "app_01M7Y8G2S83KY03KAYDH4HV201"), environment: .sandbox, owner: .app,
            purpose: .personal, currency: .xof, reference: nil, holder: Customer(name: "<b>Ama</b>"),
            idempotencyKey: "key", fingerprint: [1], requestID: .none, createdAt: start)
        return WalletStanding(
            wallet: wallet, balance: AccountBalance(account: wallet.account, currency: .xof, state: state), limits: [])
    }

    /// Pages behind static QR codes: an app's, and a wallet's whose form was filled in wrongly.
    static func counters(_ language: PayLanguage) -> [PageModel] {
        let planted = "<b>Ama</b> & \"17\""
        let app = Counter(
            app: AppID(known: "app_01M7Y8G2S83KY03KAYDH4HV201"), environment: .sandbox, currency: .xof, shop: planted,
            path: "/shop/qr_sandbox_xof_0")
        var wallet = app
        wallet.owner = planted
        let typed = CounterForm.Typed(amount: planted, note: planted, error: planted)
        return [
            CounterForm.model(app, CounterForm.Typed(), language), CounterForm.model(wallet, typed, language),
        ]
    }
}
