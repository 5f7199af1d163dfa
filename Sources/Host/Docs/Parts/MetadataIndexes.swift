// swift-format-ignore-file
/// Finding orders by their metadata.
extension DescribedPart {
    static let metadataIndexes = DescribedPart(
        "Finding by metadata", "Choose by which names of `metadata` lists can be filtered: at most eight, for all environments of the app.",
        [
            DescribedCall(
                "GET", "/v1/metadata_index", .secretKey, problems: .readingQuery,
                #"""
                {
                  "operationId": "getMetadataIndex",
                  "summary": "Read the chosen names",
                  "responses": {
                    "200": { "description": "The names, and how far back each finds orders.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/MetadataIndex" } } } }
                  }
                }
                """#),
            DescribedCall(
                "PUT", "/v1/metadata_index", .secretKey, problems: .readingBody + [.limitReached],
                #"""
                {
                  "operationId": "setMetadataIndex",
                  "summary": "Choose the names",
                  "description": "The names given are all there are afterwards. New payments, payouts and refunds are found by them at once; older ones are indexed in the background, newest first, and a list says from when on it is complete. Names left out no longer filter, and their entries are deleted in the background. The choice is the app's: keys of its sandbox and of its production share it. Values are kept as keyed hashes only. The same names again change nothing.",
                  "requestBody": {
                    "required": true,
                    "content": { "application/json": { "schema": { "$ref": "#/components/schemas/MetadataIndexChange" }, "examples": { "orders": { "summary": "Find payments by the shop's order id and by cart", "value": { "names": ["order_id", "cart"] } }, "none": { "summary": "Forget all names", "value": { "names": [] } } } } }
                  },
                  "responses": {
                    "200": { "description": "The names as they are now.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/MetadataIndex" } } } }
                  }
                }
                """#),
        ],
        schemas: #"""
            {
              "MetadataIndexChange": {
                "type": "object", "required": ["names"], "additionalProperties": false,
                "properties": {
                  "names": { "type": "array", "maxItems": 8, "uniqueItems": true, "items": { "type": "string", "minLength": 1, "maxLength": 40 }, "description": "Names as they stand in `metadata`." }
                }
              },
              "MetadataIndex": {
                "type": "object", "required": ["object", "names", "leaving"],
                "properties": {
                  "object": { "type": "string", "const": "metadata_index" },
                  "names": {
                    "type": "array",
                    "items": {
                      "type": "object", "required": ["name", "complete", "complete_from"],
                      "properties": {
                        "name": { "type": "string" },
                        "complete": { "type": "boolean", "description": "Whether orders of every age are found by it." },
                        "complete_from": {
                          "type": "object", "required": ["payments", "payouts", "refunds"], "description": "From when on all are found; `null` where that is all of them.",
                          "properties": {
                            "payments": { "$ref": "#/components/schemas/CompleteFrom" },
                            "payouts": { "$ref": "#/components/schemas/CompleteFrom" },
                            "refunds": { "$ref": "#/components/schemas/CompleteFrom" }
                          }
                        }
                      }
                    }
                  },
                  "leaving": { "type": "array", "items": { "type": "string" }, "description": "Names left out whose entries are still being deleted." }
                }
              }
            }
            """#)
}
