public import WebText

/// What addresses an operator takes for sending the payer's browser back to the shop.
///
/// Stated by kinds that hand ``ReturnURLs`` over. An address that an operator would not take is told before anything is
/// stored; an order with a token opens no page, and needs none.
public struct ReturnURLFacts: Sendable, Hashable {
    /// The longest that the operator takes, in bytes.
    public var limit: Int

    /// The default is what the router itself reads as an address.
    public init(limit: Int = WebURL.longest) { self.limit = limit }

    /// The first of some addresses that cannot be used; `nil` if all can.
    package func fault(in urls: ReturnURLs, _ environment: PayEnvironment) -> ReturnURLFault? {
        let members = [("success", urls.success), ("failure", urls.failure), ("cancel", urls.cancel)]
        for case (let member, let text?) in members {
            guard let why = reason(text, environment) else { continue }
            return ReturnURLFault(member: member, why: why)
        }
        return nil
    }

    private func reason(_ text: String, _ environment: PayEnvironment) -> ReturnURLFault.Reason? {
        guard text.utf8.count <= limit else { return .tooLong(limit) }
        do throws(WebURL.Fault) {
            let url = try WebURL(text)
            return url.isSecure || environment == .sandbox ? nil : .notSecure
        } catch { return .unreadable(error) }
    }
}

/// Why the payer cannot be sent back to an address.
package struct ReturnURLFault: Sendable, Hashable, CustomStringConvertible {
    package enum Reason: Sendable, Hashable {
        /// In bytes.
        case tooLong(Int)
        case unreadable(WebURL.Fault)
        case notSecure
    }

    /// The member of `return_urls`.
    package var member: String
    package var why: Reason

    package var description: String {
        let text =
            switch why {
            case .tooLong(let limit): "may have at most \(limit) characters here"
            case .unreadable(let fault): "cannot be used: \(fault)"
            case .notSecure: "must be an https address"
            }
        return "return_urls.\(member) \(text)"
    }
}
