import Router

extension FileModel {
    /// How messages get to people; what is left out gets to nobody.
    struct Messages: Decodable {
        var sms: SMS?
        var mail: Mail?
    }

    /// An HTTP gateway for SMS.
    struct SMS: Decodable {
        enum Method: String, Decodable, CaseIterable {
            case post = "POST"
            case put = "PUT"
        }

        enum Format: String, Decodable, CaseIterable { case json, form }

        enum Addresses: String, Decodable, CaseIterable {
            case publicOnly = "public"
            case any
        }

        var url: String
        var method: Method?
        var format: Format?
        var headers: [String: String]?
        var body: JSONValue
        var secret: String?
        var accepted: [Int64]?
        var refused: [Int64]?
        var addresses: Addresses?
    }

    /// A mail server.
    struct Mail: Decodable {
        enum Security: String, Decodable, CaseIterable { case starttls, tls, none }

        var host: String
        var port: Int64
        var security: Security
        var user: String?
        var password: String?
        var from: String
        var caFile: String?

        enum CodingKeys: String, CodingKey {
            case host, port, security, user, password, from
            case caFile = "ca_file"
        }
    }
}
