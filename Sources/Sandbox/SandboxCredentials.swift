/// The credentials that the sandbox operators accept.
///
/// None of them is a secret.
public enum SandboxCredentials {
    /// TMoney's `nomUtilisateur`.
    public static let tmoneyUser = "demo"
    /// TMoney's `motDePasse`.
    public static let tmoneyPassword = "demo"
    /// Flouci's public key; the sample key of the vendor's own example.
    public static let flouciPublicKey = "4bc20c76-9df5-41ee-a63a-90914072b393"
    /// Flouci's private key.
    public static let flouciPrivateKey = "5d1f3a52-7c0e-4b8a-9e64-2f0b6a1c8d37"
    /// The card operator's secret key.
    public static let cardSecretKey = "sk_test_sandbox"
    /// Its publishable key, with which browsers make tokens.
    public static let cardPublishableKey = "pk_test_sandbox"
    /// MTN's demo API user, in the environment `mtncameroon`.
    public static let mtnUser = "7f3c1a52-0d4e-4c8b-9a61-5e2b7d90c4f1"
    /// Its API key.
    public static let mtnKey = "mtn-practice-key"
    /// MTN's demo user of the newer platform, in the environment `mtncameroon`: no UUID, as its portal makes them.
    public static let mtnPortalUser = "bW9tby1wcmFjdGljZS11c2Vy=="
    /// Its credential token.
    public static let mtnPortalToken = "mtn-practice:token!"
    /// MTN's subscription key of the collection product.
    public static let mtnCollectionSubscription = "mtn-practice-collection"
    /// MTN's subscription key of the disbursement product.
    public static let mtnDisbursementSubscription = "mtn-practice-disbursement"
    /// PayGate's `auth_token`.
    public static let paygateToken = "0f6c1d8e-3b52-4a97-8e40-paygatedemo0"
    /// Flooz's demo user; the number in its headers is good once.
    public static let floozUser = "demo"
    /// A user whose headers always carry the same number.
    public static let floozConstantUser = "demo-constant"
    /// The password of both.
    public static let floozPassword = "flooz-practice-password"
    /// The 32 bytes of the key that encrypts their headers.
    public static let floozEncryptionKey = "flooz-practice-key-of-32-bytes!!"
    /// A fixed key that stands in for a header.
    public static let floozAPIKey = "flooz-practice-api-key"
    /// The merchant's code.
    public static let floozMerchantKey = "flooz-practice-merchant"
    /// The merchant's own wallet.
    public static let floozPartner = "22899999999"
}
