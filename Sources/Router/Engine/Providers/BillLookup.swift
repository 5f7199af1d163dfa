/// What is owed on an account at a biller.
final class BillLookup: EnginePart {
    let context: EngineContext

    init(_ context: EngineContext) { self.context = context }

    /// Asks one biller about one account.
    ///
    /// - Parameters:
    ///   - account: The customer's number there, in the biller's form.
    ///   - runtime: The biller.
    ///   - channel: One of its channels.
    /// - Returns: What it told; `nil` if it cannot be asked.
    func bill(_ account: String, at runtime: ProviderRuntime, on channel: PaymentChannel) async -> BillFinding? {
        guard let provider = runtime.provider as? any BillLookingUp else { return nil }
        let ask: @Sendable () async -> BillFinding = {
            guard runtime.beginLookUp() else {
                return .couldNotAnswer("too many look-ups wait for this biller; try again in a moment")
            }
            defer { runtime.endLookUp() }
            return await provider.lookUp(account, on: channel, asking: self.wire(runtime, nil, "bill"))
        }
        let findings = await Gathering.gather(
            [(runtime.id, ask)], until: time.now.adding(milliseconds: AccountLookup.personPatience), time, spawner)
        return findings[runtime.id] ?? .couldNotAnswer("it has not answered in time")
    }
}

extension Engine {
    /// The billers of an environment that an app may pay, in the order of their names.
    package func billers(_ environment: PayEnvironment, app: AppID) -> [ProviderRuntime] {
        context.providers.sorted.filter { runtime in
            runtime.environment == environment && !runtime.isRetired && runtime.can(.payout)
                && runtime.manifest.payout?.biller != nil && (runtime.apps.isEmpty || runtime.apps.contains(app))
        }
    }

    /// Asks a biller what is owed on an account.
    ///
    /// - Parameters:
    ///   - account: The customer's number there, in the biller's form.
    ///   - biller: One of ``billers(_:app:)``.
    ///   - channel: One of its channels.
    /// - Returns: What it told; `nil` if it is a biller that cannot be asked.
    package func bill(
        _ account: String, at biller: ProviderRuntime, on channel: PaymentChannel
    ) async -> BillFinding? {
        await parts.billLookup.bill(account, at: biller, on: channel)
    }
}
