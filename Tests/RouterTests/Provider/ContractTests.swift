import Router
import Testing

@Suite struct CheckLadderTests {
    @Test func `the standard ladder is that of the safety page`() {
        var at: Int64 = 0
        var times: [Int64] = []
        for number in 0..<33 {
            at += CheckLadder.standard.wait(before: number)
            times.append(at / 1_000)
        }
        #expect(times.prefix(9) == [5, 15, 45, 120, 300, 600, 1_200, 2_400, 3_600])
        #expect(times[9...31] == (2...24).map { $0 * 3_600 }[...])
        #expect(times[32] == 30 * 3_600)
        #expect(CheckLadder.standard.wait(before: 100_000) == 6 * 3_600_000)
    }

    @Test func `after the steps one wait repeats`() {
        let ladder = CheckLadder(stepsMilliseconds: [1, 2], thenEveryMilliseconds: 9)
        #expect((0...4).map { ladder.wait(before: $0) } == [1, 2, 9, 9, 9])
        #expect(ladder.wait(before: -1) == 9)
        #expect(CheckLadder(stepsMilliseconds: [], thenEveryMilliseconds: 7).wait(before: 0) == 7)
    }
}

@Suite struct ContractOverridesTests {
    private func overrides(_ text: String) throws -> ContractOverrides {
        try StrictDecoder().decode(ContractOverrides.self, from: try StrictJSON.parse(Array(text.utf8)))
    }

    @Test func `nothing given changes nothing`() throws {
        let contract = Sample.contract()
        #expect(ContractOverrides().applied(to: contract) == contract)
        #expect(try overrides("{}").applied(to: contract) == contract)
    }

    @Test func `every field is applied`() throws {
        let text = """
            {"absence_is_authoritative":false,"visibility_lag_seconds":1,"maximum_server_life_seconds":2,
             "absence_span_seconds":3,"prompt_lifetime_seconds":4,"failure_quarantine_seconds":5,"checks_per_second":6,
             "check_every_milliseconds":[7,8],"review_after_seconds":9,"key":"rejects_duplicate",
             "key_window_seconds":10,"authentication_precedes_execution":false,
             "throttling_precedes_execution":false,"definitive_failures":["8","9"]}
            """
        let contract = try overrides(text).applied(to: Sample.contract())
        var expected = Sample.contract(
            key: .rejectsDuplicate, keyWindow: 10,
            absence: false, visibilityLag: 1, serverLife: 2, absenceSpan: 3, promptLifetime: 4, quarantine: 5,
            authenticationFirst: false, throttlingFirst: false, checksPerSecond: 6,
            ladder: CheckLadder(stepsMilliseconds: [7, 8], thenEveryMilliseconds: 8), reviewAfter: 9
        )
        expected.definitiveFailures = ["8", "9"]
        #expect(contract == expected)
    }

    @Test(arguments: [
        (ProviderContract.KeyBehaviour.replays, true), (.rejectsDuplicate, true), (.repeatFlag, true),
        (.remembersSuccessOnly, false), (.none, false),
    ])
    func `strong keys are three`(_ key: ProviderContract.KeyBehaviour, _ strong: Bool) {
        #expect(Sample.contract(key: key).keyIsStrong == strong)
    }
}

@Suite struct RefusalReasonTests {
    @Test func `every reason has one side`() {
        let payer: Set<RefusalReason> = [
            .insufficientFunds, .wrongCredentials, .wrongCode, .declined, .cancelledByPayer, .expired,
            .accountUnavailable,
            .limitReached, .suspectedFraud, .authenticationRequired, .tokenUnusable, .unspecified,
        ]
        for reason in RefusalReason.allCases {
            #expect((reason.blame == .payer) == payer.contains(reason), "\(reason)")
        }
        #expect(RefusalReason.invalidRequest.blame == .merchant)
        #expect(RefusalReason.floatExhausted.blame == .platform)
        #expect(RefusalReason.credentialsRefused.blame == .platform)
    }

    @Test func `failures are retryable where the payer is not the reason`() {
        for reason in RefusalReason.allCases {
            let failure = OrderFailure(Refusal(reason, providerCode: "x"))
            #expect(failure.code == reason.rawValue)
            #expect(failure.providerCode == "x")
            #expect(failure.retryable == RefusalReason.failingOver.contains(reason), "\(reason)")
        }
    }
}

/// Kinds are found by name and made from strictly decoded settings.
@Suite struct RegisteredKindTests {
    struct Kind: ProviderKind {
        struct Settings: Decodable, Sendable {
            var user: String
            var port: UInt16?
        }

        static let name = "kind"
        static let secretNames = ["password"]

        static func make(
            _ settings: Settings, _ setup: ProviderSetup
        ) throws(ProviderConfigurationError) -> any PaymentProvider {
            guard setup.secrets["password"] != nil else {
                throw ProviderConfigurationError(pointer: "/secrets/password", "is missing")
            }
            return Made(manifest: Sample.manifest(channels: [PaymentChannel(settings.user)]))
        }
    }

    struct Made: PaymentProvider {
        var manifest: ProviderManifest
        func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest { request }
        func preparation(of order: Instruction, confirmedBy confirmation: Router.Confirmation?) -> Preparation {
            .offline
        }
    }

    private func make(
        _ settings: JSONValue, secrets: [String: Secret] = ["password": Secret("x")]
    ) throws -> any PaymentProvider {
        try RegisteredKind(Kind.self).make(
            settings: settings, setup: ProviderSetup(id: "p", environment: .sandbox, baseURL: nil, secrets: secrets))
    }

    @Test func `keeps name and secret names`() throws {
        #expect(RegisteredKind(Kind.self).name == "kind")
        #expect(RegisteredKind(Kind.self).secretNames == ["password"])
        #expect(try make(["user": "u", "port": 8080]).manifest.channels == ["u"])
    }

    @Test func `refuses unknown settings and missing secrets`() {
        #expect(throws: JSONIssues.self) { try self.make(["user": "u", "usr": "v"]) }
        #expect(throws: JSONIssues.self) { try self.make([:]) }
        let missing = ProviderConfigurationError(pointer: "/secrets/password", "is missing")
        #expect(throws: missing) { try self.make(["user": "u"], secrets: [:]) }
        #expect(missing.description == "/secrets/password: is missing")
    }
}
