// swift-format-ignore-file
/// The shapes inside payments.
enum PaymentPieces {
    /// Members of an object, without its braces.
    static let text = #"""
          "NextAction": {
            "type": "object",
            "description": "What the payer has to do next. Treat a type you do not know like `wait`.",
            "required": ["type"],
            "properties": {
              "type": { "type": "string", "enum": ["approve_on_phone", "redirect", "show_qr", "submit_form", "enter_code", "wait"], "description": "- `approve_on_phone`: the operator asks on the payer's phone\n- `redirect`: open `url` in the payer's browser\n- `show_qr`: show the QR code at `svg_url` or `png_url`\n- `submit_form`: have the browser post `fields` to `url`\n- `enter_code`: ask the payer for a code and send it to `confirm_url`\n- `wait`: nothing" },
              "hint": { "type": ["string", "null"], "description": "`approve_on_phone`: what the payer may see." },
              "url": { "type": "string", "description": "`redirect` and `submit_form`: the address." },
              "fields": { "type": "object", "additionalProperties": { "type": "string" }, "description": "`submit_form`: names and values." },
              "content": { "type": "string", "description": "`show_qr`: what the QR code holds." },
              "svg_url": { "type": "string", "format": "uri", "description": "`show_qr`: the QR code as SVG." },
              "png_url": { "type": "string", "format": "uri", "description": "`show_qr`: the QR code as PNG." },
              "app_link": { "type": ["string", "null"], "format": "uri", "description": "`show_qr`: what to open on the payer's own phone instead of scanning; null if the code can only be scanned." },
              "length": { "type": ["integer", "null"], "description": "`enter_code`: how many characters, where that is known." },
              "confirm_url": { "type": "string", "format": "uri", "description": "`enter_code`: where your server sends the code." },
              "also": { "type": "array", "items": { "$ref": "#/components/schemas/NextAction" }, "description": "Further actions: alternatives, or a code field beside a QR code." }
            },
            "allOf": [
              { "if": { "properties": { "type": { "const": "approve_on_phone" } } }, "then": { "required": ["hint"] } },
              { "if": { "properties": { "type": { "const": "redirect" } } }, "then": { "required": ["url"] } },
              { "if": { "properties": { "type": { "const": "show_qr" } } }, "then": { "required": ["content", "svg_url", "png_url", "app_link"] } },
              { "if": { "properties": { "type": { "const": "submit_form" } } }, "then": { "required": ["url", "fields"] } },
              { "if": { "properties": { "type": { "const": "enter_code" } } }, "then": { "required": ["length", "confirm_url"] } }
            ]
          },
          "Failure": {
            "type": "object",
            "required": ["code", "category", "retryable", "provider_code", "message_for_payer"],
            "properties": {
              "code": { "type": "string", "x-values": "failure_code", "description": "The reason." },
              "category": { "type": "string", "x-values": "blame", "description": "Whose side the reason is on." },
              "retryable": { "type": "boolean", "description": "Whether the same request, as a new payment with a new key, may succeed." },
              "provider_code": { "type": ["string", "null"], "description": "The operator's own code." },
              "message_for_payer": { "type": "string", "description": "A short English sentence that may be shown to the payer." }
            }
          },
          "Attempt": {
            "type": "object",
            "description": "One try at one provider under one reference.",
            "required": ["id", "provider", "channel", "state", "reference", "operator_reference", "transmissions", "checks", "refusal", "history"],
            "properties": {
              "id": { "type": "string", "pattern": "^att_[0-7][0-9A-HJKMNP-TV-Z]{25}$" },
              "provider": { "type": "string" },
              "channel": { "type": "string" },
              "state": { "type": "string", "x-values": "attempt_state" },
              "reference": { "type": "string", "description": "The reference given to the operator. Derived, so that a repetition has the same one." },
              "operator_reference": { "type": ["string", "null"], "description": "The operator's own name for it, never the router's; it may change once, from an order's number to a receipt's. Null while the operator has given none." },
              "transmissions": { "type": "integer", "minimum": 0, "description": "How often the request was sent." },
              "checks": { "type": "integer", "minimum": 0, "description": "How often the operator was asked what became of it." },
              "refusal": {
                "type": ["object", "null"], "required": ["reason", "provider_code"],
                "properties": {
                  "reason": { "type": "string", "x-values": "refusal_reason" },
                  "provider_code": { "type": ["string", "null"] }
                }
              },
              "history": {
                "type": "array",
                "items": {
                  "type": "object", "required": ["state", "at", "cause"],
                  "properties": {
                    "state": { "type": "string", "x-values": "attempt_state" },
                    "at": { "$ref": "#/components/schemas/Time" },
                    "cause": { "type": "string", "description": "For people." }
                  }
                }
              }
            }
          },
          "TimelineEntry": {
            "type": "object",
            "description": "One thing that happened.",
            "required": ["at", "what"],
            "properties": {
              "at": { "$ref": "#/components/schemas/Time" },
              "what": { "type": "string", "enum": ["accepted", "attempt_state", "evidence", "discrepancy"] },
              "request_id": { "type": "string", "description": "`accepted`: the request that created the payment." },
              "attempt": { "type": "string", "description": "The attempt concerned." },
              "provider": { "type": "string", "description": "`attempt_state`" },
              "state": { "type": "string", "x-values": "attempt_state", "description": "`attempt_state`" },
              "cause": { "type": "string", "description": "`attempt_state`: for people." },
              "source": { "type": "string", "x-values": "evidence_source", "description": "`evidence`: where it came from." },
              "strength": { "type": "string", "x-values": "evidence_strength", "description": "`evidence`: weak evidence only causes a check." },
              "claim": { "type": "string", "enum": ["executed", "not_executed", "split", "mismatched", "in_progress", "refused", "absent", "not_sent", "unclear"], "description": "`evidence`: what it says." },
              "detail": { "type": "string", "description": "`evidence`: for people." },
              "http_status": { "type": ["integer", "null"], "description": "`evidence`: of the operator's answer." },
              "kind": { "type": "string", "x-values": "discrepancy_kind", "description": "`discrepancy`: what contradicts the record." },
              "recorded_state": { "type": "string", "x-values": "attempt_state", "description": "`discrepancy`: the state on record, which stays." }
            }
          }
        """#
}
