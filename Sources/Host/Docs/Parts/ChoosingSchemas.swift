// swift-format-ignore-file
/// The shapes of channels and route decisions.
enum ChoosingSchemas {
    static let text = #"""
        {
          "ChannelList": {
            "type": "object", "required": ["object", "data"],
            "properties": {
              "object": { "type": "string", "const": "list" },
              "data": { "type": "array", "items": { "$ref": "#/components/schemas/Channel" } }
            }
          },
          "Channel": {
            "type": "object", "required": ["channel", "providers", "available"],
            "properties": {
              "channel": { "type": "string", "description": "The name to send as `channel`." },
              "available": { "type": "boolean", "description": "Whether at least one of its providers is healthy." },
              "providers": { "type": "array", "items": { "$ref": "#/components/schemas/ChannelProvider" } }
            }
          },
          "ChannelProvider": {
            "type": "object", "required": ["provider", "limits", "fee", "health", "payer_actions", "requires", "phone_countries", "description_max_length", "order_number_in_description", "suits_phone"],
            "properties": {
              "provider": { "type": "string" },
              "limits": {
                "type": "object", "description": "By currency code, in minor units.",
                "additionalProperties": {
                  "type": "object", "required": ["min", "max", "step"],
                  "properties": {
                    "min": { "type": "integer", "minimum": 1 },
                    "max": { "type": "integer", "minimum": 1 },
                    "step": { "type": "integer", "minimum": 1, "description": "Amounts must be a multiple of this." }
                  }
                }
              },
              "fee": { "type": ["integer", "null"], "minimum": 0, "description": "Minor units for the asked `amount`; `null` if none was asked or no fee is configured." },
              "health": { "type": "string", "enum": ["ok", "unavailable"] },
              "payer_actions": { "type": "array", "items": { "type": "string" }, "description": "The types of `next_action` the payer will meet." },
              "requires": { "type": "array", "items": { "type": "string", "enum": ["phone", "source_token"] }, "description": "What the payment must carry: `customer.phone`, `source.token`." },
              "phone_countries": { "type": "array", "items": { "type": "string" }, "description": "ISO 3166 codes of the phone numbers it serves; empty if it needs none." },
              "description_max_length": { "type": "integer", "minimum": 0, "maximum": 250, "description": "The most characters of a `description` it takes. A longer one is never cut: it goes to another provider, or is refused." },
              "order_number_in_description": { "type": "boolean", "description": "Whether `reference` and a space stand before the description in the operator's field, so that less may be left for it." },
              "suits_phone": { "type": ["boolean", "null"], "description": "Whether the prefix of the asked `phone` is of the mobile operator whose wallets the channel reaches. `false` forbids nothing: numbers are ported. `null` if no phone was asked, if its prefix does not tell, or if the channel does not depend on it." }
            }
          },
          "RouteDecision": {
            "type": "object", "required": ["plan", "rules", "candidates"],
            "properties": {
              "plan": {
                "type": "array", "description": "Where the payment is tried, in order.",
                "items": {
                  "type": "object", "required": ["provider", "channel"],
                  "properties": { "provider": { "type": "string" }, "channel": { "type": "string" } }
                }
              },
              "rules": {
                "type": "array", "description": "Every rule in order, `otherwise` last.",
                "items": {
                  "type": "object", "required": ["name", "matched", "decided", "why_not"],
                  "properties": {
                    "name": { "type": "string" },
                    "matched": { "type": "boolean" },
                    "decided": { "type": "boolean", "description": "Whether this rule's providers are used." },
                    "why_not": { "type": "array", "items": { "type": "string" }, "description": "For people." }
                  }
                }
              },
              "candidates": { "type": "array", "items": { "$ref": "#/components/schemas/RouteCandidate" }, "description": "The providers of the rules that held; if no rule decided, also those that serve what was asked for and that no rule led to." }
            }
          },
          "RouteCandidate": {
            "type": "object", "required": ["provider", "channel", "rule", "kept", "why_not"],
            "properties": {
              "provider": { "type": "string" },
              "channel": { "type": ["string", "null"] },
              "choices": { "type": "array", "items": { "type": "string" }, "description": "Of a channel on which the payer chooses on the operator's page: which of the payment's channels that page offers. Absent if it offers every one the provider serves." },
              "rule": { "type": "string", "description": "The rule that names it; empty if none does." },
              "kept": { "type": "boolean" },
              "note": { "type": "string", "description": "For people: what is worth knowing though it keeps nothing away, such as that our money there is not known. Absent if there is nothing." },
              "why_not": { "type": "array", "items": { "type": "string" }, "description": "For people." }
            }
          }
        }
        """#
}
