package import Host
import Providers
import Router

/// The providers of the bench: the file that `./bench` starts routers with (`Benchmarks/bench/subjects.py`), for routers in this
/// process.
package enum BenchProviders {
    /// One provider of a kind, named `bench`.
    package static func configuration(_ kind: Kind) throws -> Configuration {
        let text = """
            {"providers": [{"id": "bench", "kind": "\(kind.rawValue)", "environment": "sandbox",
              "max_in_flight": 512, "contract": {"check_every_milliseconds": [600000]},
              "base_url": "http://127.0.0.1:9", \(kind.account)}],
             "routing": {"otherwise": {"strategy": "priority", "providers": ["bench"]}}}
            """
        return try Configuration.load(
            Array(text.utf8), path: "bench.json",
            in: .init(
                kinds: BuiltInKinds.all, secrets: SecretSource(environment: [:]), sandbox: nil,
                sandboxURL: { _ in nil }, sandboxOnly: true))
    }

    /// What is measured: a phone that is prompted, or a card whose operator tells the end in a signed notification.
    package enum Kind: String, Sendable, CaseIterable {
        case tmoney
        case card

        fileprivate var account: String {
            switch self {
            case .tmoney: #""settings": {"username": "demo"}, "secrets": {"password": "demo"}"#
            case .card:
                #""secrets": {"secret_key": "sk_test_bench", "webhook_secret": "\#(CardNotification.secret)"}"#
            }
        }

        /// The body of `POST /v1/payments`, as `Benchmarks/bench/load.py` sends it.
        package var body: String {
            switch self {
            case .tmoney:
                #"{"amount": 5000, "currency": "XOF", "channel": "tmoney", "customer": {"phone": "+22890112233"}}"#
            case .card: #"{"amount": 5000, "currency": "USD", "channel": "card", "source": {"token": "tok_visa"}}"#
            }
        }
    }
}
