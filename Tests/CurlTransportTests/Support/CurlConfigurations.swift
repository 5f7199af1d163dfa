import CurlTransport

/// Configurations that tests share.
enum CurlConfigurations {
    static let twoScopes = CurlConfiguration(maximumScopes: 2)
}
