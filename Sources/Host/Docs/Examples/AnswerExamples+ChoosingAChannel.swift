// swift-format-ignore-file
// Written by scripts/answer-examples from a router's real answers.
extension AnswerExamples {
    /// Choosing a channel.
    static let choosingAChannel: [String: String] = [
        "listChannels": #"""
            {
              "object": "list",
              "data": [
                {
                  "channel": "card",
                  "providers": [
                    {
                      "provider": "card-main",
                      "limits": {
                        "XOF": {
                          "min": 1,
                          "max": 99999999,
                          "step": 1
                        },
                        "XAF": {
                          "min": 1,
                          "max": 99999999,
                          "step": 1
                        },
                        "USD": {
                          "min": 50,
                          "max": 99999999,
                          "step": 1
                        },
                        "EUR": {
                          "min": 50,
                          "max": 99999999,
                          "step": 1
                        },
                        "GBP": {
                          "min": 30,
                          "max": 99999999,
                          "step": 1
                        },
                        "CAD": {
                          "min": 50,
                          "max": 99999999,
                          "step": 1
                        },
                        "CHF": {
                          "min": 50,
                          "max": 99999999,
                          "step": 1
                        },
                        "JPY": {
                          "min": 50,
                          "max": 99999999,
                          "step": 1
                        },
                        "TND": {
                          "min": 10,
                          "max": 99999990,
                          "step": 10
                        },
                        "THB": {
                          "min": 1000,
                          "max": 99999999,
                          "step": 1
                        }
                      },
                      "fee": null,
                      "health": "ok",
                      "payer_actions": [
                        "redirect"
                      ],
                      "requires": [],
                      "phone_countries": [],
                      "description_max_length": 250,
                      "order_number_in_description": false,
                      "suits_phone": null
                    }
                  ],
                  "available": true
                },
                {
                  "channel": "flooz",
                  "providers": [
                    {
                      "provider": "flooz-tg",
                      "limits": {
                        "XOF": {
                          "min": 100,
                          "max": 2000000,
                          "step": 1
                        }
                      },
                      "fee": null,
                      "health": "ok",
                      "payer_actions": [
                        "approve_on_phone"
                      ],
                      "requires": [
                        "phone"
                      ],
                      "phone_countries": [
                        "TG"
                      ],
                      "description_max_length": 250,
                      "order_number_in_description": false,
                      "suits_phone": false
                    },
                    {
                      "provider": "paygate-tg",
                      "limits": {
                        "XOF": {
                          "min": 100,
                          "max": 2000000,
                          "step": 1
                        }
                      },
                      "fee": null,
                      "health": "ok",
                      "payer_actions": [
                        "approve_on_phone"
                      ],
                      "requires": [
                        "phone"
                      ],
                      "phone_countries": [
                        "TG"
                      ],
                      "description_max_length": 250,
                      "order_number_in_description": false,
                      "suits_phone": false
                    }
                  ],
                  "available": true
                },
                {
                  "channel": "tmoney",
                  "providers": [
                    {
                      "provider": "paygate-tg",
                      "limits": {
                        "XOF": {
                          "min": 100,
                          "max": 2000000,
                          "step": 1
                        }
                      },
                      "fee": null,
                      "health": "ok",
                      "payer_actions": [
                        "approve_on_phone"
                      ],
                      "requires": [
                        "phone"
                      ],
                      "phone_countries": [
                        "TG"
                      ],
                      "description_max_length": 250,
                      "order_number_in_description": false,
                      "suits_phone": true
                    },
                    {
                      "provider": "tmoney-tg",
                      "limits": {
                        "XOF": {
                          "min": 100,
                          "max": 2000000,
                          "step": 1
                        }
                      },
                      "fee": 75,
                      "health": "ok",
                      "payer_actions": [
                        "approve_on_phone"
                      ],
                      "requires": [
                        "phone"
                      ],
                      "phone_countries": [
                        "TG"
                      ],
                      "description_max_length": 250,
                      "order_number_in_description": false,
                      "suits_phone": true
                    }
                  ],
                  "available": true
                },
                {
                  "channel": "tmoney-online",
                  "providers": [
                    {
                      "provider": "tmoney-online-tg",
                      "limits": {
                        "XOF": {
                          "min": 100,
                          "max": 2000000,
                          "step": 1
                        }
                      },
                      "fee": null,
                      "health": "ok",
                      "payer_actions": [
                        "submit_form"
                      ],
                      "requires": [],
                      "phone_countries": [
                        "TG"
                      ],
                      "description_max_length": 250,
                      "order_number_in_description": true,
                      "suits_phone": true
                    }
                  ],
                  "available": true
                }
              ]
            }
            """#,
        "explainRoute": #"""
            {
              "plan": [
                {
                  "provider": "tmoney-tg",
                  "channel": "tmoney"
                }
              ],
              "rules": [
                {
                  "name": "Togo phones",
                  "matched": true,
                  "decided": true,
                  "why_not": []
                },
                {
                  "name": "Tunisian dinars",
                  "matched": false,
                  "decided": false,
                  "why_not": [
                    "an earlier rule decided"
                  ]
                },
                {
                  "name": "MTN wallets",
                  "matched": false,
                  "decided": false,
                  "why_not": [
                    "an earlier rule decided"
                  ]
                },
                {
                  "name": "PayGate on request",
                  "matched": false,
                  "decided": false,
                  "why_not": [
                    "an earlier rule decided"
                  ]
                },
                {
                  "name": "Moov wallets of Togo",
                  "matched": false,
                  "decided": false,
                  "why_not": [
                    "an earlier rule decided"
                  ]
                },
                {
                  "name": "TMoney's page",
                  "matched": false,
                  "decided": false,
                  "why_not": [
                    "an earlier rule decided"
                  ]
                },
                {
                  "name": "Thai wallets, chosen on a page",
                  "matched": false,
                  "decided": false,
                  "why_not": [
                    "an earlier rule decided"
                  ]
                },
                {
                  "name": "LINE Pay, which a page alone has, with what the payment allows beside it",
                  "matched": false,
                  "decided": false,
                  "why_not": [
                    "an earlier rule decided"
                  ]
                },
                {
                  "name": "Thai wallets",
                  "matched": false,
                  "decided": false,
                  "why_not": [
                    "an earlier rule decided"
                  ]
                },
                {
                  "name": "otherwise",
                  "matched": false,
                  "decided": false,
                  "why_not": [
                    "an earlier rule decided"
                  ]
                }
              ],
              "candidates": [
                {
                  "provider": "tmoney-tg",
                  "channel": "tmoney",
                  "rule": "Togo phones",
                  "kept": true,
                  "why_not": []
                }
              ]
            }
            """#,
    ]
}
