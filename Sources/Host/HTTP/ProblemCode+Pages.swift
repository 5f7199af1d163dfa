/// What people read about problems.
extension ProblemCode {
    /// What the page under `/problems/` says: title, cause, remedy.
    package var page: (title: String, cause: String, remedy: String) {
        switch self {
        case .malformedRequest:
            (
                "The request is not well-formed HTTP for this API",
                "A header or the path cannot be read. Paths are percent-encoded UTF-8, and a `+` in one is a plus.",
                "The detail names the place. Encode each value of a path by itself: `/` as %2F, `%` as %25."
            )
        case .invalidJSON:
            (
                "The body is not valid JSON", "The body has a syntax error, a duplicate member, or is nested too deep.",
                "The detail names the line and column. Send one JSON object in UTF-8."
            )
        case .invalidRequest:
            (
                "The body does not have the expected members",
                "A member is missing, unknown, of the wrong type or out of range.",
                "Each entry of errors names the member by JSON pointer and says what is expected. Amounts are integers of "
                    + "minor units: 5000 XOF is 5000, 1.250 TND is 1250."
            )
        case .invalidParameter:
            (
                "A parameter of the query or form is not valid", "A parameter is unknown, missing or has a bad value.",
                "The detail names it and says what is expected."
            )
        case .idempotencyKeyRequired:
            (
                "The header Idempotency-Key is required",
                "Creating or confirming a payment without a key could be repeated by accident.",
                "Send a fresh UUID for each new payment, and the same one when you repeat the call."
            )
        case .idempotencyKeyInvalid:
            (
                "The header Idempotency-Key cannot be used",
                "It is shorter than 16 or longer than 255 characters, "
                    + "holds characters that are not allowed, or stands twice.", "Use a UUID."
            )
        case .idempotencyKeyReused:
            (
                "The idempotency key was used with another request",
                "The key is bound to a request with other content.",
                "Use a new key for a new payment. The payment made with this key is named in payment_id."
            )
        case .unauthorized:
            (
                "The API key or the token is missing or not valid",
                "There is no Authorization: Bearer header, or its key is unknown, revoked, expired or belongs to a disabled "
                    + "app. A holder's token ends after a day, with a new password, and when its holder logs out everywhere.",
                "Send a valid secret key; `payrouter apps` makes one. Where a holder calls, a token: POST /v1/wallet/login."
            )
        case .callbackNotVerified:
            (
                "The notification's signature is refused",
                "It is missing, too old, or not the one that the provider's secrets make over what came.",
                "Nothing changed. Compare the secret in providers.json with the operator's, and this machine's clock with "
                    + "the time; payments go on being checked without notifications."
            )
        case .walletUnusable:
            (
                "A wallet of the request cannot be used so",
                "It is not one of the app's wallets, has another currency, is frozen or closed, or is both ends of the same "
                    + "movement.",
                "The member `reason` says which; `GET /v1/wallets/{id}` shows the wallet. Nothing was stored."
            )
        case .walletNotEmpty:
            (
                "The wallet cannot be closed", "There is money in it, or some of it is set aside for open orders.",
                "Pay it out first, and wait until nothing is held."
            )
        case .walletLimitReached:
            (
                "A limit of the wallet is reached",
                "What the wallet may do within a day is used up by this amount, or by this many operations.",
                "Wait: each use of a limit ends a day after it was made. `GET /v1/wallets/{id}` shows limits and uses."
            )
        case .dailyLimitReached:
            (
                "A daily limit is reached",
                "What the app, or the phone number, may do within 24 hours is used up by this amount, or by this many orders. "
                    + "The platform sets these limits. A number's counts what all apps of the platform do with it.",
                "`daily_limit` says which one. Each use ends a day after it was made, and what fails or is cancelled gives its "
                    + "share back at once: of the app's own limit `left` says what would be let through now, and "
                    + "`next_end` when the oldest use ends. Nothing was stored; the same key may be used again."
            )
        case .holderRequired:
            (
                "Only the wallet's holder takes money out",
                "The wallet belongs to a holder; an app's key never debits it.",
                "Let the holder sign in and confirm it, or use a wallet that the app owns."
            )
        case .codeRequired:
            (
                "A one-time code is needed",
                "Money leaves a holder's wallet, and a bill is made, only with a code that was sent for exactly that.",
                "Ask for a code with the same members: POST /v1/wallet/codes. Then send the call again with `code`."
            )
        case .codeRefused:
            (
                "The one-time code does not allow this",
                "It is wrong, too old, used, replaced by a newer one, or was sent for something else; `reason` says which.",
                "Type the newest code, for exactly what it was sent for. After three wrong ones ask for another."
            )
        case .contactUnconfirmed:
            (
                "No code can be sent", "The account has no confirmed phone number or e-mail address.",
                "Confirm one: POST /v1/wallet/phone/confirm with the code that was sent when you signed up."
            )
        case .contactTaken:
            (
                "The phone number or address is another account's",
                "Somebody else has confirmed it: money sent to it goes there.",
                "Use another one, or sign in to that account."
            )
        case .wrongCredentials:
            (
                "The user name or the password is wrong", "No active account has this name and this password.",
                "Try again; after some wrong ones Retry-After says how long to wait. A forgotten password is set anew by a "
                    + "key that is sent to the confirmed address or phone."
            )
        case .unknownUser:
            (
                "There is no such user", "Nobody has this user name.", "Check the spelling, or sign up."
            )
        case .usernameTaken:
            ("The user name is taken", "Somebody else has it; names are unique for ever.", "Choose another one.")
        case .passwordRefused:
            (
                "The password cannot be chosen", "It is too short, or one of those that are tried first.",
                "Use at least ten characters that are not your name; four unrelated words are good."
            )
        case .billUnpayable:
            (
                "The bill cannot be paid or deleted now",
                "It is paid, being paid by somebody, or was taken back; `reason` says which.",
                "Where it is being paid, look again in a few minutes: if that payment fails, the bill is open again."
            )
        case .insufficientFunds:
            (
                "There is not enough money in the account",
                "The balance, less what is set aside, does not cover the amount.",
                "`GET /v1/wallets/{id}` shows what there is. Nothing was stored."
            )
        case .unknownRecipient:
            (
                "The recipient is not known there",
                "The operator was asked and knows no such customer, or one that cannot receive money; or no holder here has this "
                    + "user name, confirmed number or wallet.",
                "Check the number and the channel, or the name. Nothing was taken."
            )
        case .invalidQuote:
            (
                "The quote cannot be used",
                "It has expired, was altered, is another app's or environment's, or is about something else than the "
                    + "members beside it.",
                "Ask for a new one with POST /v1/quotes, and send its `quote` alone. Nothing was taken."
            )
        case .feeExceedsAmount:
            (
                "The fee leaves nothing of the amount",
                "The recipient pays the fee of the transfer out of the amount, and the fee is not less than it.",
                "Send more, or let the sender pay the fee: `\"fee\": \"sender\"`. `POST /v1/quotes` says what it is."
            )
        case .recipientUnverified:
            (
                "Nobody could say whether the recipient exists",
                "The operator where the money would go has not answered.",
                "Send the same request again, with the same key. Nothing was taken."
            )
        case .forbidden:
            (
                "This is not allowed",
                "A publishable key was used where a secret key is needed, or a bill is somebody else's, or a form of holders' "
                    + "pages comes from another session or site.",
                "Use a secret key, from a server. A bill is taken back by its issuer. A page with a form is opened anew."
            )
        case .notFound:
            ("There is no such thing", "The path or the id is not known to this app and environment.", "Check the id.")
        case .methodNotAllowed:
            ("The method is not allowed here", "The path exists, but not with this method.", "See the Allow header.")
        case .bodyTooLarge:
            (
                "The body is too large",
                "Bodies may have 16 kB, those of payments, payouts and refunds 128 kB, which is more than all metadata "
                    + "that is allowed; notifications may have what `callback_body_limit` says.", "Send less."
            )
        case .headersTooLarge:
            (
                "The request line and headers are too large", "They may have 32 kB together.",
                "Send shorter headers, and put data into the body."
            )
        case .requestTimeout:
            (
                "The request did not come in time",
                "The body was announced and did not arrive whole within the time a body may take. Nothing was done.",
                "Send the body at once, and the same request again, with the same idempotency key."
            )
        case .expectationFailed:
            (
                "The expectation is not known", "The header Expect says something else than 100-continue.",
                "Leave the header away, or send Expect: 100-continue."
            )
        case .unsupportedMediaType:
            (
                "The content type is not supported",
                "Bodies must be JSON in UTF-8, not compressed; those of payers' pages are forms in UTF-8.",
                "Send Content-Type: application/json, and no Content-Encoding."
            )
        case .cardNumberRefused:
            (
                "A card number must never be sent here",
                "Something in the request looks like a card number. It was "
                    + "neither stored nor logged.", "Send a token from your card gateway in source.token."
            )
        case .unsupportedCurrency:
            (
                "The currency is not known", "The currency is not an ISO 4217 code.",
                "Use a code such as XOF, in upper case."
            )
        case .unknownChannel:
            (
                "The channel is not known", "No provider in this environment serves the channel.",
                "GET /v1/channels lists the channels."
            )
        case .invalidPhone:
            (
                "The phone number cannot be used", "It is no phone number, or none that the channel can use.",
                "Send it in international form, such as +228 90 11 22 33."
            )
        case .notSupported:
            ("This is not supported", "The request asks for something that no provider here can do.", "See the detail.")
        case .paymentStateConflict:
            (
                "The payment does not allow this now",
                "A refund needs a payment that was collected; a capture needs one "
                    + "that is authorized and not decided. A transfer can be cancelled until the sender's money is taken.",
                "Read the payment; its status and related say what was done."
            )
        case .amountTooLarge:
            (
                "The amount is more than is left",
                "Refunds may not exceed what was collected, captures not what is held, and a transfer with its fee not the "
                    + "largest amount that can be written.",
                "available says how much is left. Refunds whose end is not known hold their amount."
            )
        case .possibleDuplicate:
            (
                "An order of this order number is already there",
                "A payment is kept out by an open one of the same app, `reference`, amount and currency, unless both name "
                    + "a phone and name different ones. A payout is kept out by one of the same `reference` and payee, "
                    + "whatever the amount, that is not final, has succeeded, or may have been executed after all. Order "
                    + "numbers are compared without outer white space, with each inner run of it as one space; case counts.",
                "Nothing was stored. `payment_id` names the order and `hosted_url` its page, where the payer can go on: do "
                    + "not ask again, follow that one to its end. A member `repeat_of` says that it may be repeated on "
                    + "purpose, with a new key and this value in `repeat_of`: a payout once it has succeeded, a payment "
                    + "while it is `under_review` (it then gets a wish to cancel, and can be refunded should it succeed "
                    + "late). Each order can be repeated once. With a publishable key only the problem itself is told."
            )
        case .invalidRepeat:
            (
                "repeat_of does not name the order to repeat",
                "It names no order, one of another kind, app or order number, or not the newest that holds the order "
                    + "number.",
                "`payment_id` names the order that it would have to be. Without `payment_id` nothing holds the order "
                    + "number: leave `repeat_of` out. Nothing was stored."
            )
        case .noEligibleProvider:
            (
                "No provider can take this payment", "Amount, currency, channel, phone or app fit no provider.",
                "candidates says for every provider why not. POST /v1/routes/explain gives the whole decision."
            )
        case .noProviderAvailable:
            (
                "No provider is available at the moment",
                "The providers that could take the payment do not answer. Nothing was stored.",
                "Repeat the call with the same key a little later, or offer another channel."
            )
        case .paymentNotConfirmable:
            (
                "The payment does not wait for a code", "It is final, was never confirmable, or a code is being sent.",
                "Read the payment; next_action tells what it waits for."
            )
        case .paymentFinal: ("The payment is over", "A final payment cannot be cancelled.", "Read the payment.")
        case .invalidConfirmation:
            (
                "The confirmation cannot be used", "The code or the operator's payment id is missing or malformed.",
                "See the detail; nothing was sent, and no try was used up."
            )
        case .wrongCode:
            (
                "The operator refused the code", "The operator was asked about the code and knows no payment with it.",
                "Ask the payer again while `tries_left` is above 0. Three wrong codes in all end the payment."
            )
        case .acceptanceRequired:
            (
                "The shop has to accept the payment first",
                "The payment was begun with a publishable key, so a browser chose its amount. Nothing was sent or collected.",
                "Compare it with your order, then POST /v1/payments/{id}/accept with the amount and currency you expect."
            )
        case .acceptanceMismatch:
            (
                "The payment is about another amount",
                "The amount or currency you expect is not what the payer was asked for. Nothing moved.",
                "Do not deliver. Cancel the payment, or leave it: unaccepted it lapses and nothing is taken."
            )
        case .invalidWebhookURL:
            (
                "The webhook address cannot be used", "It is not an https address with a public host.",
                "Use https and a public host. A router that runs with --sandbox also takes loopback addresses."
            )
        case .limitReached:
            (
                "There are as many as there may be", "The detail names the limit.",
                "Delete what is no longer needed first."
            )
        case .tooManyRequests: ("Too many requests", "A rate limit is used up.", "Wait for Retry-After seconds.")
        case .rateLimited:
            (
                "The caller asks for more than it may",
                "The app, the publishable key, the link or the address has made more calls than it may in this time, or "
                    + "has as many under way as it may. `limit` names the limit, and the detail where it is set.",
                "Wait for Retry-After seconds, then go on more slowly; the header `RateLimit-Policy` says how many calls "
                    + "are allowed in which time. Calls with a secret key count against its app alone, whatever comes "
                    + "from the same address. Limits are raised in `limits` of providers.json."
            )
        case .unavailable:
            (
                "The router cannot accept this now",
                "It is stopping, or its storage does not work. With `outcome` `not_executed` nothing was stored; with `unknown` "
                    + "something may have been.",
                "Repeat the call with the same key after Retry-After seconds."
            )
        }
    }
}
