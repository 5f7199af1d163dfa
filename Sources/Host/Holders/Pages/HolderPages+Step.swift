extension HolderPages {
    /// What a form does beyond its first sending.
    enum Step: String {
        /// Agrees, with the code that was sent.
        case confirm
        /// Has the code sent again.
        case resend

        init?(_ form: QueryParameters) { self.init(rawValue: form["step"] ?? "") }
    }
}
