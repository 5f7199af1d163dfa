package import Host
import Providers
import Router

/// The providers of the bench: the file that `./bench` starts routers with (`Benchmarks/bench/subjects.py`), for routers in this
/// process.
package enum BenchProviders {
    /// One provider of a kind, named `bench`.
    package static func configuration(_ kind: Kind) throws -> Configuration {
        let text = """
            {"providers": [{"id": "bench", "kind": "\(kind.rawValue)", "environment": "sandbox", \(kind.account)}],
             "routing": {"otherwise": {"strategy": "priority", "providers": ["bench"]}},
             "payout_routing": {"otherwise": {"strategy": "priority", "providers": ["bench"]}}}
            """
        return try Configuration.load(
            Array(text.utf8), path: "bench.json",
            in: .init(
                kinds: BuiltInKinds.all, secrets: SecretSource(environment: [:]), sandbox: nil,
                sandboxURL: { _ in nil }, sandboxOnly: true))
    }

    /// What is measured: a phone that is prompted, a card whose operator tells the end in a signed notification, or a wallet of
    /// the platform's own.
    package enum Kind: String, Sendable, CaseIterable {
        case tmoney
        case card
        case wallet

        fileprivate var account: String {
            switch self {
            case .tmoney: #"\#(Self.reached), "settings": {"username": "demo"}, "secrets": {"password": "demo"}"#
            case .card:
                #"\#(Self.reached), "secrets": {"secret_key": "sk_test_bench", "webhook_secret": "\#(CardNotification.secret)"}"#
            case .wallet: #""settings": {"currencies": ["XOF"]}"#
            }
        }

        /// How operators are reached.
        private static let reached =
            #""base_url": "http://127.0.0.1:9", "max_in_flight": 512, "contract": {"check_every_milliseconds": [600000]}"#

        /// The body of `POST /v1/payments`, as `Benchmarks/bench/load.py` sends it; `wallet` is the payer's.
        package func body(wallet: String = "") -> String {
            switch self {
            case .tmoney:
                #"{"amount": 5000, "currency": "XOF", "channel": "tmoney", "customer": {"phone": "+22890112233"}}"#
            case .card: #"{"amount": 5000, "currency": "USD", "channel": "card", "source": {"token": "tok_visa"}}"#
            case .wallet: #"{"amount": 1, "currency": "XOF", "source": {"wallet": "\#(wallet)"}}"#
            }
        }
    }
}
