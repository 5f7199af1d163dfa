package import Router

/// How one company's HTTP interface takes an SMS, as `providers.json` describes it.
///
/// Nothing is checked here: the configuration is (`ConfigurationBuilder`), with the place of every fault.
package struct SMSDescription: Sendable, Hashable {
    /// One header field.
    package struct Header: Sendable, Hashable {
        /// Its name.
        package var name: String
        /// Its value.
        package var value: MessageTemplate

        /// Takes both as they are.
        package init(_ name: String, _ value: MessageTemplate) {
            self.name = name
            self.value = value
        }
    }

    /// The address, which holds nothing of a message and no secret.
    package var url: String
    /// POST or PUT.
    package var method: WireRequest.Method
    /// Header fields beside the `Content-Type` of the body, which one of them may replace.
    package var headers: [Header]
    /// The body.
    package var body: SMSBody
    /// What `{secret}` stands for; `nil` where nothing does.
    package var secret: Secret?
    /// Statuses that say that the message was taken.
    package var accepted: Set<Int>
    /// Statuses that say that it never will be.
    package var refused: Set<Int>
    /// Which network addresses may be connected to.
    package var addresses: AddressPolicy

    /// What is left out is as usual: POST, public addresses only.
    package init(
        url: String, method: WireRequest.Method = .post, headers: [Header] = [], body: SMSBody, secret: Secret? = nil,
        accepted: Set<Int> = usuallyAccepted, refused: Set<Int> = usuallyRefused,
        addresses: AddressPolicy = .publicOnly
    ) {
        self.url = url
        self.method = method
        self.headers = headers
        self.body = body
        self.secret = secret
        self.accepted = accepted
        self.refused = refused
        self.addresses = addresses
    }

    /// What says that a message was taken, unless something else is said.
    package static let usuallyAccepted: Set<Int> = [200, 201, 202]
    /// What says that a message never will be, unless something else is said.
    package static let usuallyRefused: Set<Int> = [400]

    /// The request that delivers a message.
    func request(_ message: OutboundMessage, to phone: MSISDN) -> WireRequest {
        let value = { (place: MessageTemplate.Place) -> String in
            switch place {
            case .phone: phone.e164
            case .phoneDigits: phone.international
            case .text: message.text
            case .id: message.token
            case .secret: secret?.reveal() ?? ""
            }
        }
        var headers = headers.map { WireRequest.Header($0.name, $0.value.filled(value)) }
        if !headers.contains(where: { $0.name.lowercased() == "content-type" }) {
            headers.insert(.init("Content-Type", body.contentType), at: 0)
        }
        return WireRequest(method, url, headers: headers, body: body.filled(value))
    }
}
