extension FileModel {
    /// What numbers and apps may do within a day, by currency code; what is left out has no limit.
    struct DailyLimits: Decodable {
        var perNumber: [String: DailyOperations]?
        var perApp: [String: DailyOperations]?

        enum CodingKeys: String, CodingKey {
            case perNumber = "per_number"
            case perApp = "per_app"
        }
    }

    struct DailyOperations: Decodable {
        var payment: DailyLimit?
        var payout: DailyLimit?
        var transfer: DailyLimit?
    }

    struct DailyLimit: Decodable {
        /// Minor units.
        var amount: Int64?
        var count: Int64?
    }
}
