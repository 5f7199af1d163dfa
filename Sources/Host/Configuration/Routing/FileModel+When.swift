import Router

extension FileModel {
    /// What a rule asks: everything that is said here must hold.
    struct When: Decodable {
        var all: [JSONValue]?
        var any: [JSONValue]?
        var not: JSONValue?
        var operation: OneOrMany?
        /// Bounds, or bounds by currency code.
        var amount: JSONValue?
        var currency: OneOrMany?
        var channel: OneOrMany?
        /// Apps by id or by name.
        var app: OneOrMany?
        /// By name: values, or what is asked of the value.
        var metadata: [String: JSONValue]?
        var phoneCountry: OneOrMany?
        var phoneOperator: OneOrMany?
        var phonePrefix: OneOrMany?
        var cardBrand: OneOrMany?
        var cardCountry: OneOrMany?
        var cardFunding: OneOrMany?
        var cardBIN: OneOrMany?
        var payerCountry: OneOrMany?
        var payerLanguage: OneOrMany?
        var time: Span?
        var weekday: Weekdays?
        var date: Dates?
        var holiday: Holiday?
        var bucket: Bucket?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case all, any, not, operation, amount, currency, channel, app, metadata, time, weekday, date, holiday
            case bucket
            case phoneCountry = "phone.country"
            case phoneOperator = "phone.operator"
            case phonePrefix = "phone.prefix"
            case cardBrand = "card.brand"
            case cardCountry = "card.country"
            case cardFunding = "card.funding"
            case cardBIN = "card.bin"
            case payerCountry = "payer.country"
            case payerLanguage = "payer.language"
        }
    }

    /// Hours and minutes, `"08:00"`; in UTC unless a zone is named.
    struct Span: Decodable {
        var from: String
        var to: String
        var zone: String?
    }

    /// Days of the week: a name, names, or names with a zone.
    struct Weekdays: Decodable {
        var days: OneOrMany
        var zone: String?

        enum CodingKeys: String, CodingKey { case days, zone }

        init(from decoder: any Decoder) throws {
            if let names = try? OneOrMany(from: decoder) {
                days = names
            } else {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                days = try container.decode(OneOrMany.self, forKey: .days)
                zone = try container.decodeIfPresent(String.self, forKey: .zone)
            }
        }
    }

    /// Days of the calendar, `"2026-12-24"`, both included.
    struct Dates: Decodable {
        var from: String?
        var to: String?
        var zone: String?
    }

    /// The name of a list of holidays, or that with more.
    struct Holiday: Decodable {
        var list: String
        var isOne: Bool?
        var zone: String?

        enum CodingKeys: String, CodingKey {
            case list, zone
            case isOne = "is"
        }

        init(from decoder: any Decoder) throws {
            if let name = try? decoder.singleValueContainer().decode(String.self) {
                list = name
            } else {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                list = try container.decode(String.self, forKey: .list)
                isOne = try container.decodeIfPresent(Bool.self, forKey: .isOne)
                zone = try container.decodeIfPresent(String.self, forKey: .zone)
            }
        }
    }

    /// A share of all payments, or of all customers; percents as decimal text such as `"12.5"`.
    struct Bucket: Decodable {
        var of: String
        var salt: String?
        var from: String?
        var to: String
    }
}
