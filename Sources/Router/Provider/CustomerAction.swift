/// What the payer has to do next.
///
/// One payment may need several at once (a QR **and** a code field).
public enum CustomerAction: Sendable, Hashable {
    /// Approve a prompt that the operator pushes to the payer's phone. `hint` is text the payer may expect to see.
    case approveOnPhone(hint: String?)
    /// Open an address in the browser.
    case redirect(url: String)
    /// Scan a QR code with this content.
    ///
    /// Where an operator gives the finished picture only, the content is that picture as `data:image/png;base64,...`.
    case showQR(content: String)
    /// Have the browser post these fields to an address.
    case submitForm(url: String, fields: [WireRequest.Header])
    /// Type the code that the operator's app shows. `length` is the number of characters where it is known.
    case enterCode(length: Int?)
    /// Nothing: wait for the operator.
    case wait

    /// What kinds of actions there are, under their names in `next_action`.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// See ``CustomerAction/approveOnPhone(hint:)``.
        case approveOnPhone = "approve_on_phone"
        /// See ``CustomerAction/redirect(url:)``.
        case redirect
        /// See ``CustomerAction/showQR(content:)``.
        case showQR = "show_qr"
        /// See ``CustomerAction/submitForm(url:fields:)``.
        case submitForm = "submit_form"
        /// See ``CustomerAction/enterCode(length:)``.
        case enterCode = "enter_code"
        /// See ``CustomerAction/wait``.
        case wait
    }

    /// The address that opens the payer's app on the phone which shows the page; `nil` unless a QR code holds one.
    ///
    /// Operators whose codes are plain web links have phones open their app for it; other codes can only be scanned.
    package var appLink: String? {
        guard case .showQR(let content) = self, content.hasPrefix("https://") || content.hasPrefix("http://") else {
            return nil
        }
        return content
    }
}
