import Router

/// What numbers and apps may do within a day.
extension ConfigurationBuilder {
    mutating func dailyLimits(_ model: FileModel.DailyLimits?) -> DailyLimits {
        var limits = DailyLimits()
        limits.perNumber = dailyLimits(model?.perNumber, at: "/daily_limits/per_number")
        limits.perApp = dailyLimits(model?.perApp, at: "/daily_limits/per_app")
        return limits
    }

    private mutating func dailyLimits(
        _ model: [String: FileModel.DailyOperations]?, at pointer: String
    ) -> [DailyLimits.Key: DailyLimits.Most] {
        var result: [DailyLimits.Key: DailyLimits.Most] = [:]
        for (code, operations) in (model ?? [:]).sorted(by: { $0.key < $1.key }) {
            let place = pointer + "/" + JSONPointer.escaped(code)
            let currency = Currency(code: code)
            if currency == nil { fault(place, CurrencyWords.fault(code)) }
            for operation in DailyLimits.operations {
                guard let limit = operations.of(operation) else { continue }
                let here = "\(place)/\(operation.rawValue)"
                let most = DailyLimits.Most(
                    amount: atLeastOne(limit.amount, "in minor units", at: here + "/amount"),
                    count: atLeastOne(limit.count, "how often in a day", at: here + "/count"))
                if let currency, most != DailyLimits.Most() { result[.init(operation, currency)] = most }
            }
        }
        return result
    }

    private mutating func atLeastOne(_ value: Int64?, _ what: String, at pointer: String) -> Int64? {
        if let value, value < 1 { fault(pointer, "must be at least 1, \(what); leave it out for no limit") }
        return value
    }
}

extension FileModel.DailyOperations {
    /// The limit of an operation, if there is one.
    fileprivate func of(_ operation: OrderKind) -> FileModel.DailyLimit? {
        switch operation {
        case .payment: payment
        case .payout: payout
        case .transfer: transfer
        case .refund, .capture, .void: nil
        }
    }
}
