/// What a signal is about: one operation of one provider on one channel.
package struct SignalKey: Sendable, Hashable, Comparable, CustomStringConvertible {
    package var provider: ProviderID
    package var channel: PaymentChannel
    package var operation: MoneyOperation

    package init(_ provider: ProviderID, _ channel: PaymentChannel, _ operation: MoneyOperation) {
        self.provider = provider
        self.channel = channel
        self.operation = operation
    }

    /// `provider/channel/operation`; none of the three can hold a slash.
    package var text: String { "\(provider.text)/\(channel.text)/\(operation.rawValue)" }
    package var description: String { text }

    /// Reads ``text``; `nil` if it is none.
    package init?(text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, ProviderID.isValid(parts[0]), PaymentChannel.isValid(parts[1]),
            let operation = MoneyOperation(rawValue: parts[2])
        else { return nil }
        self.init(ProviderID(parts[0]), PaymentChannel(parts[1]), operation)
    }

    package static func < (left: SignalKey, right: SignalKey) -> Bool {
        (left.provider, left.channel, left.operation.rawValue)
            < (right.provider, right.channel, right.operation.rawValue)
    }
}
