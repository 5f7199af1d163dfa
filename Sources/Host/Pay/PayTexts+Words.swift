import Router

extension PayTexts {
    /// A text with `{name}` replaced.
    static func filled(_ text: String, _ name: String, _ value: String) -> String {
        guard let range = text.firstRange(of: "{\(name)}") else { return text }
        return text.replacingCharacters(in: range, with: value)
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}

/// What payers call channels.
enum ChannelNames {
    private static let known: [String: String] = [
        "tmoney": "Mixx by Yas (TMoney)", "tmoney-online": "Mixx by Yas (TMoney)", "flooz": "Flooz (Moov Money)",
        "flouci": "Flouci", "flouci-code": "Flouci (code)", "card": "Visa / Mastercard", "promptpay": "PromptPay",
        "truemoney": "TrueMoney", "linepay": "LINE Pay", "airpay": "ShopeePay", "shopeepay": "ShopeePay",
        "alipay": "Alipay", "wechat": "WeChat Pay", "mtn-momo": "MTN MoMo", "momo": "MTN MoMo",
    ]

    /// The brand a payer knows, or the channel's name with a capital.
    static func name(_ channel: PaymentChannel) -> String {
        known[channel.text] ?? channel.text.prefix(1).uppercased() + channel.text.dropFirst()
    }
}
