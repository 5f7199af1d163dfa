import Router

/// The shape of `providers.json`, before names are looked up.
///
/// `providers.schema.json` says the same for editors.
enum FileModel {
    struct Top: Decodable {
        var schema: String?
        var providers: [JSONValue]
        var routing: Routing
        var payoutRouting: Routing?
        /// What transfers cost.
        var transfers: Transfers?
        /// What numbers and apps may do within a day.
        var dailyLimits: DailyLimits?
        /// How messages get to people.
        var messages: Messages?
        /// People who have wallets of their own.
        var holders: Holders?
        /// Developers and staff.
        var console: Console?
        /// Addresses and networks of the reverse proxies in front of the router.
        var trustedProxies: [String]?
        /// How many bytes a notification may have.
        var callbackBodyLimit: Int64?
        /// What callers may use.
        var limits: Limits?
        /// Whether a changed file is activated by itself.
        var activateOnChange: Bool?

        enum CodingKeys: String, CodingKey {
            case schema = "$schema"
            case providers, routing, limits, transfers, holders, messages, console
            case payoutRouting = "payout_routing"
            case activateOnChange = "activate_on_change"
            case dailyLimits = "daily_limits"
            case trustedProxies = "trusted_proxies"
            case callbackBodyLimit = "callback_body_limit"
        }
    }

    struct Provider: Decodable {
        var id: String
        var kind: String
        var environment: PayEnvironment
        var baseURL: String?
        var settings: JSONValue?
        var secrets: [String: String]?
        var limits: [String: Limit]?
        var fees: [String: FeeScheduleModel]?
        /// Instead of them, by channel.
        var channelFees: [String: [String: FeeScheduleModel]]?
        var apps: [String]?
        var contract: ContractOverrides?
        var sessionSeconds: Int64?
        var maxInFlight: Int?
        /// Minor units by currency code.
        var exposureLimits: [String: Int64]?
        var retired: Bool?
        /// By app id: what the operator shows payers instead of the app's name.
        var shops: [String: ShopModel]?
        var descriptionLimit: Int64?

        enum CodingKeys: String, CodingKey {
            case id, kind, environment, settings, secrets, limits, fees, apps, contract, retired, shops
            case descriptionLimit = "description_limit"
            case channelFees = "channel_fees"
            case exposureLimits = "exposure_limits"
            case baseURL = "base_url"
            case sessionSeconds = "session_seconds"
            case maxInFlight = "max_in_flight"
        }
    }

    struct ShopModel: Decodable {
        var brand: String?
        var text: String?
    }

    /// Whole numbers, both bounds included.
    struct Limit: Decodable {
        var min: Int64?
        var max: Int64?
    }

    struct FeeModel: Decodable {
        /// Decimal text such as `"1.5"`.
        var percent: String?
        var fixed: Int64?
        var min: Int64?
        var max: Int64?
    }

    /// One fee for every amount, or fees by amount.
    struct FeeScheduleModel: Decodable {
        var fee: FeeModel
        var tiers: [Tier]?

        struct Tier: Decodable {
            /// The largest amount that it is for, in minor units.
            var upTo: Int64?
            var percent: String?
            var fixed: Int64?
            var min: Int64?
            var max: Int64?

            enum CodingKeys: String, CodingKey {
                case percent, fixed, min, max
                case upTo = "up_to"
            }
        }

        enum CodingKeys: String, CodingKey { case percent, fixed, min, max, tiers }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            tiers = try container.decodeIfPresent([Tier].self, forKey: .tiers)
            fee = FeeModel(
                percent: try container.decodeIfPresent(String.self, forKey: .percent),
                fixed: try container.decodeIfPresent(Int64.self, forKey: .fixed),
                min: try container.decodeIfPresent(Int64.self, forKey: .min),
                max: try container.decodeIfPresent(Int64.self, forKey: .max))
        }
    }

    struct Transfers: Decodable {
        var fees: [String: FeeModel]?
    }

    /// One text or a list of them.
    struct OneOrMany: Decodable {
        var values: [String]

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let one = try? container.decode(String.self) {
                values = [one]
            } else {
                values = try container.decode([String].self)
            }
        }
    }
}
