import Router

/// What somebody gives to `payrouter trace`, and what can be wrong with it.
enum TracedText {
    /// Refuses what nothing can be found by.
    static func check(_ text: String) throws(CommandFailure) {
        guard text.isSeen else {
            throw .wrongArgument(
                "there is nothing to look for: give an id, a phone number, a reference or an amount such as "
                    + "\"5000 XOF\"")
        }
        let (count, most) = (text.utf8.count, SearchTerm.longest)
        guard count <= most else {
            throw .wrongArgument(
                "the text is too long, \(count) bytes: nothing that orders are found by has more than \(most); "
                    + "give a part that is one id, number or reference")
        }
    }

    /// Why nothing was found, where the text begins like an id and is none; `nil` where it does not.
    static func hint(_ text: String) -> String? {
        let typed = text.trimmed.lowercased()
        let others = [IdentifierKinds.Request.prefix, IdentifierKinds.Event.prefix].map { "\($0)" }
        let prefix = (OrderKind.allCases.map { "\($0.prefix)" } + others).first { typed.hasPrefix($0 + "_") }
        guard let prefix, TypedName.all(in: text).isEmpty else { return nil }
        return "\"\(text)\" begins like an id and is none, and nothing else fits it: behind \(prefix)_ an id has 26 "
            + "letters and digits; copy all of it, or look for a reference, a phone number or an amount"
    }
}
