/// What health is told of: one operation on one channel, in one environment.
package struct ChannelKey: Sendable, Hashable, Comparable {
    package var environment: PayEnvironment
    package var channel: PaymentChannel
    package var operation: MoneyOperation

    package init(_ environment: PayEnvironment, _ channel: PaymentChannel, _ operation: MoneyOperation) {
        self.environment = environment
        self.channel = channel
        self.operation = operation
    }

    package static func < (left: ChannelKey, right: ChannelKey) -> Bool {
        (left.environment.rawValue, left.channel, left.operation.rawValue)
            < (right.environment.rawValue, right.channel, right.operation.rawValue)
    }
}
