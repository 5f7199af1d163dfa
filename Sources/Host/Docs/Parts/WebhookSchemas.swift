// swift-format-ignore-file
/// The shapes of webhook endpoints and deliveries.
enum WebhookSchemas {
    static let text = #"""
        {
          "WebhookURL": { "type": "string", "minLength": 1, "maxLength": 2048, "description": "An https address with a public host, on port 443, 4443, 8443 or 9443. In the sandbox also http to a loopback address." },
          "WebhookTypes": { "type": ["array", "null"], "items": { "type": "string", "x-values": "event_type" }, "description": "The types of events wanted; empty means all." },
          "WebhookEndpointRequest": {
            "type": "object", "additionalProperties": false, "required": ["url"],
            "properties": { "url": { "$ref": "#/components/schemas/WebhookURL" }, "types": { "$ref": "#/components/schemas/WebhookTypes" } }
          },
          "WebhookEndpointChange": {
            "type": "object", "additionalProperties": false,
            "properties": {
              "url": { "anyOf": [ { "$ref": "#/components/schemas/WebhookURL" }, { "type": "null" } ] },
              "types": { "$ref": "#/components/schemas/WebhookTypes" },
              "enabled": { "type": ["boolean", "null"] }
            }
          },
          "WebhookRotation": {
            "type": "object", "additionalProperties": false,
            "properties": { "overlap_seconds": { "type": ["integer", "null"], "minimum": 0, "maximum": 604800, "description": "How long the old secrets go on signing at most; 86400 if left out. 0 ends them all." } }
          },
          "WebhookReplay": {
            "type": "object", "additionalProperties": false, "required": ["failed_since"],
            "properties": { "failed_since": { "type": "string", "format": "date-time", "description": "Everything whose last try failed at or after this moment." } }
          },
          "WebhookEndpoint": {
            "type": "object",
            "required": ["id", "object", "app", "environment", "url", "types", "enabled", "disabled_reason", "failing_since", "old_secret_expires_at", "created_at"],
            "properties": {
              "id": { "type": "string", "pattern": "^whe_[0-7][0-9A-HJKMNP-TV-Z]{25}$" },
              "object": { "type": "string", "const": "webhook_endpoint" },
              "app": { "type": "string" },
              "environment": { "type": "string", "x-values": "environment" },
              "url": { "type": "string" },
              "types": { "type": "array", "items": { "type": "string", "x-values": "event_type" }, "description": "Empty means all." },
              "enabled": { "type": "boolean" },
              "disabled_reason": { "type": ["string", "null"], "description": "Why the router disabled it." },
              "failing_since": { "description": "The start of the present run of failures.", "anyOf": [ { "$ref": "#/components/schemas/Time" }, { "type": "null" } ] },
              "old_secret_expires_at": { "description": "Until when at least one of the secrets before signs too.", "anyOf": [ { "$ref": "#/components/schemas/Time" }, { "type": "null" } ] },
              "created_at": { "$ref": "#/components/schemas/Time" }
            }
          },
          "WebhookEndpointWithSecret": {
            "allOf": [
              { "$ref": "#/components/schemas/WebhookEndpoint" },
              { "type": "object", "required": ["secret"], "properties": { "secret": { "type": "string", "pattern": "^whsec_", "description": "The signing secret; decode what follows `whsec_` from base64. Shown once." } } }
            ]
          },
          "WebhookEndpointList": {
            "type": "object", "required": ["object", "data", "has_more", "next_cursor"],
            "properties": {
              "object": { "type": "string", "const": "list" },
              "data": { "type": "array", "items": { "$ref": "#/components/schemas/WebhookEndpoint" } },
              "has_more": { "type": "boolean" },
              "next_cursor": { "$ref": "#/components/schemas/NextCursor" }
            }
          },
          "WebhookDelivery": {
            "type": "object",
            "required": ["object", "event", "type", "order", "sequence", "state", "next_attempt_at", "attempts"],
            "properties": {
              "object": { "type": "string", "const": "webhook_delivery" },
              "event": { "$ref": "#/components/schemas/EventId" },
              "type": { "type": "string" },
              "order": { "$ref": "#/components/schemas/OrderId", "description": "What the event happened to." },
              "sequence": { "type": "integer", "minimum": 1 },
              "state": { "type": "string", "x-values": "delivery_state", "description": "`dead` when the schedule is used up; it can be delivered again." },
              "next_attempt_at": { "anyOf": [ { "$ref": "#/components/schemas/Time" }, { "type": "null" } ] },
              "attempts": {
                "type": "array",
                "items": {
                  "type": "object", "required": ["at", "status", "detail", "milliseconds"],
                  "properties": {
                    "at": { "$ref": "#/components/schemas/Time" },
                    "status": { "type": ["integer", "null"], "description": "Of the endpoint's answer." },
                    "detail": { "type": "string" },
                    "milliseconds": { "type": "integer", "minimum": 0 }
                  }
                }
              }
            }
          },
          "WebhookDeliveryList": {
            "type": "object", "required": ["object", "data", "has_more", "next_cursor"],
            "properties": {
              "object": { "type": "string", "const": "list" },
              "data": { "type": "array", "items": { "$ref": "#/components/schemas/WebhookDelivery" } },
              "has_more": { "type": "boolean" },
              "next_cursor": { "$ref": "#/components/schemas/NextCursor" }
            }
          },
          "WebhookTest": {
            "type": "object", "required": ["object", "webhook_id", "delivered", "at", "status", "detail", "milliseconds"],
            "properties": {
              "object": { "type": "string", "const": "webhook_test" },
              "webhook_id": { "type": "string" },
              "delivered": { "type": "boolean" },
              "at": { "$ref": "#/components/schemas/Time" },
              "status": { "type": ["integer", "null"], "description": "Of the endpoint's answer." },
              "detail": { "type": "string" },
              "milliseconds": { "type": "integer", "minimum": 0 }
            }
          },
          "WebhookRedelivery": {
            "type": "object", "required": ["object", "count"],
            "properties": { "object": { "type": "string", "const": "webhook_redelivery" }, "count": { "type": "integer", "minimum": 0 } }
          }
        }
        """#
}
