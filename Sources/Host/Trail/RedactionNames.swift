/// Names of members and header fields whose values people may see.
enum RedactionNames {
    /// A name as it is compared: small letters and digits only, so that `payment_id` and `paymentId` are one.
    static func plain(_ name: String) -> String {
        String(name.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) })
    }

    /// Members that say what became of money, and which transaction it was.
    static let shown: Set<String> = [
        // What happened.
        "status", "state", "statut", "etat", "statutrequete", "paymentstatus", "billstatus", "refundstate", "result",
        "resultcode", "code", "error", "errorcode", "errortype", "errorcategory", "reason", "failurereason",
        "declinecode", "cancellationreason", "success", "paid", "captured", "refunded", "outcome",
        // What it is about.
        "object", "type", "event", "eventtype", "action", "typerequete", "ordertype", "capturemethod", "channel",
        "method", "paymentmethod", "operator", "provider", "livemode", "version",
        // How much.
        "amount", "amountreceived", "amounttotal", "montant", "total", "totalfee", "refundfee", "mchrefundfee", "fee",
        "currency",
        // Which.
        "id", "identifier", "reference", "ref", "referenceid", "externalid", "transactionid", "txreference",
        "idrequete", "refcommande", "reftmoney", "mrchrefid", "mrchreference", "mrorrefid", "mrorreference",
        "merchantorderid", "mchorderno", "mchrefundno", "paymchorderno", "ksherorderno", "ksherrefundno",
        "gatewayorderid", "purchaseref", "paymentid", "paymentintent", "refundid", "charge", "latestcharge",
        "developertrackingid", "requestingorganisationtransactionreference", "servercorrelationid",
        "serviceproviderpaymentreference",
        // When.
        "created", "createdat", "updatedat", "date", "datetime", "time", "timestamp", "expiresat",
        "dateheuretmoney", "dateheurerequete",
    ]

    /// Header fields that name no secret.
    static let headers: Set<String> = [
        "accept", "content-length", "content-type", "date", "host", "user-agent", "x-request-id",
    ]
}
