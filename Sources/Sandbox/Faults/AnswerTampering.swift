/// Wrong facts in an answer that is otherwise as the operator writes it.
///
/// Works on the text of JSON answers, whatever the operator; what is signed is no longer signed afterwards.
enum AnswerTampering {
    /// Every stated amount is one unit more.
    static func raisingAmounts(_ answer: Answer) -> Answer {
        rewriting(answer) { text in
            text.replacing(
                /(?<name>"[A-Za-z_]*(?:amount|montant)[A-Za-z_]*"\s*:\s*"?)(?<units>[0-9]{1,15})/.ignoresCase()
            ) {
                "\($0.output.name)\((Int64($0.output.units) ?? 0) + 1)"
            }
        }
    }

    /// Every stated currency is the one that ISO 4217 keeps for tests.
    static func exchangingCurrencies(_ answer: Answer) -> Answer {
        rewriting(answer) { text in
            text.replacing(/(?<name>"(?:[A-Za-z_]*currency|fee_type|devise)"\s*:\s*")[A-Za-z]{3}"/.ignoresCase()) {
                "\($0.output.name)XTS\""
            }
        }
    }

    /// Every code and status is one that nobody knows.
    static func inventingCodes(_ answer: Answer) -> Answer {
        rewriting(answer) { text in
            text.replacing(
                /(?<name>"(?:code|status|result|state|error_code)"\s*:\s*)(?:"[^"]*"|-?[0-9]+)/.ignoresCase()
            ) {
                "\($0.output.name)\"7777\""
            }
        }
    }

    private static func rewriting(_ answer: Answer, _ change: (String) -> String) -> Answer {
        guard answer.contentType.contains("json") else { return answer }
        var answer = answer
        answer.body = Array(change(String(decoding: answer.body, as: UTF8.self)).utf8)
        return answer
    }
}
