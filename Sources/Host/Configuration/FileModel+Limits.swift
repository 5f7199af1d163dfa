import Router

extension FileModel {
    /// What callers may use; whatever is left out is as ``LimitSettings`` says.
    struct Limits: Decodable {
        var app: AppLimit?
        /// By app id.
        var apps: [String: AppLimit]?
        var pages: Rate?
        var signUps: Rate?
        var checkout: Rate?
        var checkoutKey: Rate?
        var qr: Rate?
        var documentation: Rate?
        var operations: Rate?
        var failedKeys: Rate?
        var failedCallbacks: Rate?
        var parties: Rate?
        var partiesPerPrefix: Rate?
        var phones: Rate?
        var phonesPerPrefix: Rate?
        var streams: Streams?

        enum CodingKeys: String, CodingKey {
            case app, apps, pages, checkout, qr, documentation, operations, parties, phones, streams
            case signUps = "sign_ups"
            case checkoutKey = "checkout_key"
            case failedKeys = "failed_keys"
            case failedCallbacks = "failed_callbacks"
            case partiesPerPrefix = "parties_per_prefix"
            case phonesPerPrefix = "phones_per_prefix"
        }
    }

    struct AppLimit: Decodable {
        var perSecond: Int64?
        var concurrent: Int64?

        enum CodingKeys: String, CodingKey {
            case concurrent
            case perSecond = "per_second"
        }
    }

    /// So many at once, and so many more in so many seconds.
    struct Rate: Decodable {
        var burst: Int64?
        var requests: Int64?
        var seconds: Int64?
    }

    struct Streams: Decodable {
        var perLink: Int64?
        var perAddress: Int64?
        var total: Int64?

        enum CodingKeys: String, CodingKey {
            case total
            case perLink = "per_link"
            case perAddress = "per_address"
        }
    }
}
