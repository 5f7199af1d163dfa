/// The credentials that the practice operators accept.
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
    /// MTN's demo API user, in the environment `mtncameroon`.
    public static let mtnUser = "7f3c1a52-0d4e-4c8b-9a61-5e2b7d90c4f1"
    /// Its API key.
    public static let mtnKey = "mtn-practice-key"
    /// MTN's subscription key of the collection product.
    public static let mtnCollectionSubscription = "mtn-practice-collection"
    /// MTN's subscription key of the disbursement product.
    public static let mtnDisbursementSubscription = "mtn-practice-disbursement"
    /// PayGate's `auth_token`.
    public static let paygateToken = "0f6c1d8e-3b52-4a97-8e40-paygatedemo0"
}
