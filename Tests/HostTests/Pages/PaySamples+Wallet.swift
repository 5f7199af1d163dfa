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
}
