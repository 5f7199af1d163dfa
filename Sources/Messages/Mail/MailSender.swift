package import Router

/// Who mails come from: an address, and the name that is shown for it.
package struct MailSender: Sendable, Hashable {
    /// Why a text names no sender; never repeats it.
    package struct Fault: Error, Sendable, Hashable {
        /// What is wrong, as the end of a sentence about it.
        package var text: String
    }

    /// The name shown; empty if there is none.
    package let name: String
    /// The address, which is the envelope's sender, too.
    package let address: MailAddress

    /// Reads `no-reply@example.com` or `Payrouter <no-reply@example.com>`.
    package init(_ text: String) throws(Fault) {
        let open = text.firstIndex(of: "<")
        let spelled: Substring
        if let open {
            guard text.last == ">" else { throw Fault(text: "there must be nothing behind the address in < and >") }
            spelled = text[text.index(after: open)...].dropLast()
        } else {
            spelled = text[...]
        }
        let shown = open.map { Self.trimmed(text[..<$0]) } ?? ""
        guard HeaderText.isClean(shown), shown.utf8.count <= 128 else {
            throw Fault(text: "the name must have at most 128 bytes, without line breaks or control characters")
        }
        do throws(MailAddress.Fault) { address = try MailAddress(String(spelled)) } catch {
            throw Fault(text: "the address cannot be used: \(error); write \"Shop <no-reply@example.com>\"")
        }
        name = shown
    }

    /// The value of the header field `From`.
    var field: String {
        guard !name.isEmpty else { return address.text }
        // A line of its own: with a long name beside it, it would be too long for some.
        return HeaderText.phrase(name) + "\r\n <" + address.text + ">"
    }

    /// Without spaces and quotes around it.
    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        if text.count > 1, text.first == "\"", text.last == "\"" { text = text.dropFirst().dropLast() }
        return String(text)
    }
}
