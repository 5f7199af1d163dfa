/// Every text of a hosted page, in one language: what `Texts/<language>.json` says, which the build puts into the program.
///
/// A file has exactly these members; a test compares them.
struct PayTexts: Sendable, Decodable {
    let title: String
    let amountLabel: String
    let orderLabel: String
    let chooseChannel: String
    let phoneLabel: String
    let phoneHint: String
    let payButton: String
    let cancelButton: String
    let changeButton: String
    let approveOnPhone: String
    let approveText: String
    let expectText: String
    let notReceived: String
    let notReceivedText: String
    let checkButton: String
    let scanText: String
    let qrAlternative: String
    let continueButton: String
    let codeLabel: String
    let codeButton: String
    let codeRefused: String
    let codesLeft: String
    let codesUsedUp: String
    let codeForShop: String
    let remaining: String
    let until: String
    let processing: String
    let processingText: String
    let succeeded: String
    let succeededText: String
    let authorized: String
    let heldForShop: String
    let shopsTurn: String
    let shopsTurnText: String
    let notAccepted: String
    let failed: String
    let failedText: String
    /// The payment ended without money, and its operator says that money was taken after all.
    let takenAfterAll: String
    let cancelled: String
    let underReview: String
    let underReviewText: String
    let backToShop: String
    let invalidPhone: String
    let phoneRequired: String
    let chooseOne: String
    let unavailable: String
    let linkExpired: String
    let linkExpiredText: String
    let closed: String
    let closedText: String
    let reload: String
    let language: String
    let shopLabel: String
    let descriptionLabel: String
    let groupMark: String
    let decimalMark: String
    let wayPhone: String
    let wayPage: String
    let wayQR: String
    let wayCode: String
    let openApp: String
    let tryAgain: String
    let lastTry: String
    let whyInsufficientFunds: String
    let whyWrongCredentials: String
    let whyWrongCode: String
    let whyDeclined: String
    let whyCancelled: String
    let whyExpired: String
    let whyLimit: String
    let whyAuthentication: String
    let whyCard: String
    let whyTechnical: String
    let whyUnknown: String
    /// How amounts are written, by currency code; `{amount}` stands for the digits.
    let currencies: [String: String]
}
