package import Router

/// The body of `POST /v1/payments`, as far as it goes without an engine: for whoever times it.
package enum PaymentBody {
    /// Parses a body strictly, looks for card numbers, and checks every member.
    package static func checked(_ request: APIRequest, channels: Set<PaymentChannel>) throws(Problem) -> OrderRequest {
        try JSONBody.decode(PaymentInput.self, try JSONBody.object(request))
            .checked(knownChannels: channels, country: nil)
    }
}
