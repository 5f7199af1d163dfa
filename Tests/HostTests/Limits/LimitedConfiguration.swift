import Providers
import Router
import SandboxHosting

@testable import Host

/// A whole `providers.json` with one member more, for tests of that member.
enum LimitedConfiguration {
    /// - Parameter member: As text, with its name; `nil` for none.
    /// - Returns: The configuration, or its faults.
    static func load(_ member: String?) -> Result<Configuration, ConfigurationFailure> {
        let text = """
            { "providers": [ { "id": "tmoney-online-tg", "kind": "tmoney-online", "environment": "sandbox",
              "settings": { "merchant_id": "1234567890123456", "brand": "B", "operator_addresses": ["196.168.1.2"] },
              "secrets": {} } ],
              "routing": { "otherwise": { "strategy": "priority", "providers": ["tmoney-online-tg"] } }\(member.map { ", \($0)" } ?? "") }
            """
        do throws(ConfigurationFailure) {
            return .success(
                try Configuration.load(
                    Array(text.utf8), path: "providers.json",
                    in: .init(
                        kinds: BuiltInKinds.all, secrets: SecretSource(environment: [:]),
                        sandbox: .builtIn, sandboxURL: { "http://127.0.0.1:1/\($0)" }, sandboxOnly: true)))
        } catch { return .failure(error) }
    }
}
