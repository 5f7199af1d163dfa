import Router

/// What is taken of amounts: one fee, or tiers.
extension ConfigurationBuilder {
    mutating func fees(_ model: [String: FileModel.FeeModel]?, at pointer: String) -> [String: Fee] {
        priced(model, at: pointer + "/fees") { builder, fee, place in builder.fee(fee, at: place) }
    }

    /// What an operator takes, by currency, and on some of its channels otherwise.
    mutating func feeTable(_ model: FileModel.Provider, at pointer: String) -> FeeTable {
        let schedule: (inout ConfigurationBuilder, FileModel.FeeScheduleModel, String) -> FeeSchedule? = {
            $0.schedule($1, at: $2)
        }
        var table = FeeTable(standard: priced(model.fees, at: pointer + "/fees", schedule))
        for (channel, fees) in (model.channelFees ?? [:]).sorted(by: { $0.key < $1.key }) {
            let place = pointer + "/channel_fees/" + JSONPointer.escaped(channel)
            table.channels[PaymentChannel(channel)] = priced(fees, at: place, schedule)
        }
        return table
    }

    private mutating func priced<Model, Price>(
        _ model: [String: Model]?, at pointer: String,
        _ read: (inout ConfigurationBuilder, Model, String) -> Price?
    ) -> [String: Price] {
        var result: [String: Price] = [:]
        for (code, fee) in (model ?? [:]).sorted(by: { $0.key < $1.key }) {
            let place = pointer + "/\(code)"
            guard Currency(code: code) != nil else {
                fault(place, CurrencyWords.fault(code))
                continue
            }
            result[code] = read(&self, fee, place)
        }
        return result
    }

    private mutating func schedule(_ model: FileModel.FeeScheduleModel, at place: String) -> FeeSchedule? {
        guard let tiers = model.tiers else { return fee(model.fee, at: place).map { FeeSchedule($0) } }
        let whole = model.fee
        if whole.percent != nil || whole.fixed != nil || whole.min != nil || whole.max != nil {
            fault(place, "has \"tiers\" and a fee for every amount; say one of the two")
        }
        let read = tiers.enumerated().compactMap { index, tier -> FeeSchedule.Tier? in
            let model = FileModel.FeeModel(percent: tier.percent, fixed: tier.fixed, min: tier.min, max: tier.max)
            return fee(model, at: place + "/tiers/\(index)").map { FeeSchedule.Tier(upTo: tier.upTo, fee: $0) }
        }
        guard read.count == tiers.count else { return nil }
        let schedule = FeeSchedule(read)
        if schedule == nil {
            fault(
                place + "/tiers",
                "expected tiers whose \"up_to\" grow, in minor units from 1; only the last one may leave it out")
        }
        return schedule
    }

    private mutating func fee(_ fee: FileModel.FeeModel, at place: String) -> Fee? {
        guard let basisPoints = Self.basisPoints(fee.percent ?? "0"), (fee.fixed ?? 0) >= 0 else {
            fault(place, "\"percent\" is a text such as \"1.5\" from 0 to 100, \"fixed\" minor units from 0")
            return nil
        }
        let (low, high) = (fee.min ?? 0, fee.max ?? .max)
        guard low >= 0, low <= high else {
            fault(place, "\"min\" is minor units from 0, and not above \"max\"")
            return nil
        }
        return Fee(basisPoints: basisPoints, fixed: fee.fixed ?? 0, minimum: low, maximum: fee.max)
    }

    /// Percent with at most two decimals as hundredths of a percent.
    private static func basisPoints(_ percent: String) -> Int64? {
        guard let exact = try? Money(decimal: percent, .usd), exact.minorUnits <= 10_000 else { return nil }
        return exact.minorUnits
    }
}
