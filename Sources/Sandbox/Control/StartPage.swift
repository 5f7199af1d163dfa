import Pages

/// `/`: what a person finds here, first of all what waits for one.
struct StartPage: Sendable {
    var prompts: [SandboxPrompt]
    /// The sandbox's address.
    var base: String
    /// Milliseconds since 1970.
    var now: Int64

    /// The page.
    var answer: Answer { .page(.start, "Sandbox operators", model) }

    /// What `pages/start.mustache` is filled with.
    var model: PageModel {
        [
            "base": .text(base), "hasPrompts": .flag(!prompts.isEmpty),
            "prompts": .list(prompts.map { $0.model(base: base, now: now) }),
            "operators": .list(SimulatedOperators.all.map(Self.model)),
            "values": .list(SandboxScenario.all.map(Self.model)),
        ]
    }

    private static func model(_ one: any SimulatedOperator.Type) -> PageModel {
        let trial = one.trial.map { trial -> PageModel in
            ["address": .text(trial), "path": .text(String(trial.prefix { $0 != "?" }))]
        }
        return ["words": .list(MarkedText.line(one.about)), "trial": .model(trial)]
    }

    private static func model(_ scenario: SandboxScenario) -> PageModel {
        [
            "operator": .text(scenario.operator.rawValue), "outcome": .text(scenario.name),
            "place": .text(scenario.trigger.place), "value": .text(scenario.trigger.text),
        ]
    }
}
