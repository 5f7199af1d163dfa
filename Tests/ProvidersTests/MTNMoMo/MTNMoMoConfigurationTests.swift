import Router
import Testing

@testable import Providers

@Suite("MTN MoMo: configuration")
struct MTNMoMoConfigurationTests {
    static let user = "7f3c1a52-0d4e-4c8b-9a61-5e2b7d90c4f1"

    @Test(
        arguments: [
            (["target_environment": "mtncameroon", "api_user": ""], "/settings/api_user: "),
            (["target_environment": "mtncameroon", "api_user": "me:you"], "/settings/api_user: "),
            (["target_environment": "mtncameroon", "api_user": "m e"], "/settings/api_user: "),
            (["target_environment": "mtncameroon", "api_user": "mé"], "/settings/api_user: "),
            (
                ["target_environment": "mtncameroon", "api_user": .string(user), "disbursement_api_user": "x:"],
                "/settings/disbursement_api_user: "
            ),
            (
                [
                    "target_environment": "mtncameroon", "api_user": .string(user),
                    "hosts": ["collection": "http://operator.example"],
                ], "/settings/hosts/collection: "
            ),
            (
                [
                    "target_environment": "mtncameroon", "api_user": .string(user),
                    "hosts": ["disbursement": "/disbursement"],
                ], "/settings/hosts/disbursement: "
            ),
            (["target_environment": "MTN", "api_user": .string(user)], "/settings/target_environment: "),
            (["target_environment": "mtnsudan", "api_user": .string(user)], "/settings/currency: "),
            (
                ["target_environment": "mtnsudan", "api_user": .string(user), "currency": "UGX"],
                "/settings/countries: "
            ),
            (
                ["target_environment": "mtncameroon", "api_user": .string(user), "currency": "CFA"],
                "/settings/currency: "
            ),
            (
                ["target_environment": "mtncameroon", "api_user": .string(user), "countries": ["XX"]],
                "/settings/countries: "
            ),
            (
                ["target_environment": "mtncameroon", "api_user": .string(user), "refund_path": "/refund"],
                "/settings/refund_path: "
            ),
            (["target_environment": "mtncameroon", "api_user": .string(user), "minimum": 0], "/settings/minimum: "),
            (["target_environment": "mtncameroon", "api_user": .string(user), "user": "x"], "/user: the member"),
        ] as [(JSONValue, String)])
    func `what is wrong is named`(settings: JSONValue, complaint: String) {
        #expect(Sample.complaint("mtn-momo", settings).hasPrefix(complaint))
    }

    @Test(arguments: [
        ("mtnbenin", "BJ", "XOF"), ("mtncameroon", "CM", "XAF"), ("mtncongo", "CG", "XAF"),
        ("mtnghana", "GH", "GHS"),
        ("mtnguineaconakry", "GN", "GNF"), ("mtnivorycoast", "CI", "XOF"), ("mtnliberia", "LR", "LRD"),
        ("mtnnigeria", "NG", "NGN"), ("mtnrwanda", "RW", "RWF"), ("mtnsouthafrica", "ZA", "ZAR"),
        ("mtnsouthsudan", "SS", "SSP"), ("mtnswaziland", "SZ", "SZL"), ("mtnuganda", "UG", "UGX"),
        ("mtnzambia", "ZM", "ZMW"),
    ])
    func `every target environment has its country, its currency and a guard against slips`(
        target: String, country: String, currency: String
    ) throws {
        let market = try #require(MTNMoMoMarket.all[target])
        #expect((market.country, market.currency) == (country, currency))
        #expect(NumberingPlan.builtIn.country(code: country)?.currency == currency)
        #expect(market.maximum >= MTNMoMoMarket.usualMaximum)
        #expect(WalletOperators.of("mtn-momo")[country] == "mtn")
        let settings: JSONValue = ["target_environment": .string(target), "api_user": .string(Self.user)]
        #expect(Sample.complaint("mtn-momo", settings) == "none")
    }

    @Test
    func `payouts need credentials of their own`() {
        let settings: JSONValue = [
            "target_environment": "mtncameroon", "api_user": .string(Self.user),
            "disbursement_api_user": .string(Self.user),
        ]
        let setup = Sample.setup("mtn-momo", secrets: ["subscription_key": "a", "api_key": "b"])
        #expect(Sample.complaint("mtn-momo", settings, setup).hasPrefix("/secrets/disbursement_api_key: "))
        let plain: JSONValue = ["target_environment": "mtncameroon", "api_user": .string(Self.user)]
        #expect(Sample.complaint("mtn-momo", plain, setup) == "none")
        #expect(Sample.complaint("mtn-momo", plain, Sample.setup("mtn-momo", baseURL: nil)).hasPrefix("/base_url: "))
    }
}
