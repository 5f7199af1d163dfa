import Router

extension FileModel {
    struct Routing: Decodable {
        var rules: [JSONValue]?
        var otherwise: JSONValue?
        var failover: [RefusalReason]?
        var maxAttempts: Int?
        /// Days by the name that rules call them by.
        var holidays: [String: [String]]?

        enum CodingKeys: String, CodingKey {
            case rules, otherwise, failover, holidays
            case maxAttempts = "max_attempts"
        }
    }

    struct Rule: Decodable {
        var name: String
        var when: JSONValue?
        var use: Use
    }

    struct Use: Decodable {
        var strategy: String
        var providers: [Member]
    }

    /// A provider's name, or a name with a weight.
    struct Member: Decodable {
        var id: String
        var weight: Int?

        enum CodingKeys: String, CodingKey { case id, weight }

        init(from decoder: any Decoder) throws {
            if let name = try? decoder.singleValueContainer().decode(String.self) {
                id = name
            } else {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                id = try container.decode(String.self, forKey: .id)
                weight = try container.decodeIfPresent(Int.self, forKey: .weight)
            }
        }
    }
}
