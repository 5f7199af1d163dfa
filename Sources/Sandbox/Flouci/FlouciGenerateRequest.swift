import FoundationEssentials

/// The body of generate (docs/protocols/flouci.md, 4.1).
struct FlouciGenerateRequest: Decodable, Sendable {
    var amount: FlouciMillimes
    var successLink: String
    var failLink: String
    var webhook: String?
    var trackingID: String?
    var timeoutSeconds: Int64?
    var acceptCard: Bool?
    var destination: [Share]?
    var preAuthorization: Bool?

    /// A part of the amount for another merchant.
    struct Share: Decodable, Sendable {
        var amount: FlouciMillimes
        var destination: String
    }

    private enum CodingKeys: String, CodingKey {
        case amount, webhook, destination
        case successLink = "success_link"
        case failLink = "fail_link"
        case trackingID = "developer_tracking_id"
        case timeoutSeconds = "session_timeout_secs"
        case acceptCard = "accept_card"
        case preAuthorization = "pre_authorization"
    }

    /// The request, or `nil` if a rule is broken.
    init?(_ body: [UInt8]) {
        guard let request = try? JSONDecoder().decode(FlouciGenerateRequest.self, from: Data(body)) else { return nil }
        self = request
        let shares = (destination ?? []).reduce(Int64(0)) { $0 &+ $1.amount.value }
        guard Self.isURL(successLink), Self.isURL(failLink), webhook.map(Self.isURL) ?? true,
            timeoutSeconds.map({ (1...86_400).contains($0) }) ?? true, shares <= amount.value
        else { return nil }
    }

    private static func isURL(_ text: String) -> Bool {
        (text.hasPrefix("https://") || text.hasPrefix("http://")) && !text.contains { $0.isWhitespace || $0.isNewline }
    }
}

/// An amount of millimes: a positive integer, or the same as decimal text.
struct FlouciMillimes: Decodable, Sendable {
    var value: Int64

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let parsed: Int64?
        if let text = try? container.decode(String.self) {
            parsed = text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int64(text) : nil
        } else {
            parsed = try container.decode(Int64.self)
        }
        guard let parsed, parsed > 0 else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a positive integer of millimes")
        }
        value = parsed
    }
}
