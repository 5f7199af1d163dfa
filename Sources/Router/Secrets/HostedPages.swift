import Crypto
import Synchronization
import WebText

/// Signs the links to hosted payment pages.
///
/// A link names its payment and its own end; who has it may see and do what the payer may, and nothing else. Only the end is
/// stored: the token is made anew whenever the link is shown, and comes out the same.
package struct HostedPages: Sendable {
    private let keyed: HMAC<SHA256>
    private let signed = SignedLinks()

    /// How long after a payment's deadline its page can be seen, in seconds.
    package static let afterDeadlineSeconds: Int64 = 86_400

    package init(_ keys: DataKeys) { keyed = HMAC(key: keys[.hostedPage]) }

    /// Until when the page of a payment with a deadline can be seen, in whole seconds, as a token names it.
    package static func end(_ deadline: Moment) -> Moment {
        Moment(milliseconds: (deadline.milliseconds / 1_000 + afterDeadlineSeconds) * 1_000)
    }

    /// The token of a payment's page, valid until a moment: the end in seconds since 1970, then 32 hexadecimal digits.
    package func token(_ id: OrderID, until end: Moment) -> String {
        if let known = signed.token(id, until: end) { return known }
        let seconds = String(end.milliseconds / 1_000)
        let token = seconds + "-" + signature(id, seconds)
        signed.keep(token, of: id, until: end)
        return token
    }

    /// What a token says.
    package enum Verdict: Sendable, Hashable {
        case valid
        case expired
        case forged
    }

    /// Checks a token in constant time.
    package func verify(_ token: String, _ id: OrderID, at now: Moment) -> Verdict {
        let parts = token.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let seconds = Int64(parts[0]), (0..<1 << 40).contains(seconds),
            ConstantTime.areEqual(signature(id, String(parts[0])), String(parts[1]))
        else { return .forged }
        return now.milliseconds < seconds * 1_000 ? .valid : .expired
    }

    /// The token of an order's page; `nil` for what has none.
    package func token(_ order: Order) -> String? { order.pageEnd.map { token(order.id, until: $0) } }

    /// The page of a payment; `nil` for what has none.
    package func url(_ order: Order, _ publicURL: String) -> String? {
        guard let end = order.pageEnd else { return nil }
        if let known = signed.page(order.id, until: end, publicURL) { return known }
        let page = "\(publicURL)/pay/\(order.id)?t=\(token(order.id, until: end))"
        signed.keep(page, at: publicURL, of: order.id, until: end)
        return page
    }

    private func signature(_ id: OrderID, _ seconds: String) -> String {
        var code = keyed
        code.update(data: Array("\(id.text)\u{1F}\(seconds)".utf8))
        return Hex.text(code.finalize().withUnsafeBytes { Array($0.prefix(16)) })
    }
}

/// The links signed last: one payment shows its own several times, in events and in answers, within moments.
private final class SignedLinks: Sendable {
    private struct Link: Sendable {
        var id: OrderID
        var end: Moment
        var token: String
        /// The whole address, and what it begins with; `nil` until somebody asks for it.
        var page: (beginning: String, text: String)?
    }

    /// A power of two: as many payments as may well be under way at once.
    private static let places = 4_096

    private let links = Mutex([Link?](repeating: nil, count: places))

    func token(_ id: OrderID, until end: Moment) -> String? {
        links.withLock { links in
            guard let link = links[Self.place(id)], link.id == id, link.end == end else { return nil }
            return link.token
        }
    }

    func keep(_ token: String, of id: OrderID, until end: Moment) {
        links.withLock { $0[Self.place(id)] = Link(id: id, end: end, token: token) }
    }

    func page(_ id: OrderID, until end: Moment, _ publicURL: String) -> String? {
        links.withLock { links in
            guard let link = links[Self.place(id)], link.id == id, link.end == end, let page = link.page,
                page.beginning == publicURL
            else { return nil }
            return page.text
        }
    }

    func keep(_ page: String, at publicURL: String, of id: OrderID, until end: Moment) {
        links.withLock { links in
            guard let link = links[Self.place(id)], link.id == id, link.end == end else { return }
            links[Self.place(id)]?.page = (publicURL, page)
        }
    }

    private static func place(_ id: OrderID) -> Int { id.hashValue & (places - 1) }
}
