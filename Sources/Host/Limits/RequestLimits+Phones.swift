package import Router
import Synchronization

/// Somebody, and how phone numbers begin that they ask about: all but the last three digits.
///
/// Whoever goes through numbers in turn meets it after a few; whoever serves customers hardly ever.
struct PhonePrefix<Who: Hashable & Sendable>: Sendable, Hashable {
    let who: Who
    let prefix: String

    init(_ who: Who, _ phone: MSISDN) {
        self.who = who
        prefix = String(phone.e164.dropLast(3))
    }

    /// The same for account numbers at a biller.
    init(_ who: Who, account: String, at biller: ProviderID) {
        self.who = who
        prefix = biller.text + " " + account.dropLast(3)
    }
}

/// A number that a holder of wallets asked about.
struct AskedNumber: Sendable, Hashable {
    let holder: AccountID
    let number: String
}

/// Phone numbers cannot be gone through, neither by an app, nor on payers' pages, nor by a holder.
extension RequestLimits {
    /// Why an app may not ask now whether a number is somebody's customer.
    package func lookUp(_ phone: MSISDN, by app: AppID) -> Problem? {
        lookUp(PhonePrefix(app, phone), "phone numbers", by: app)
    }

    /// Why an app may not ask a biller now about an account; counts like a question about a phone number.
    package func lookUp(_ account: String, at biller: ProviderID, by app: AppID) -> Problem? {
        lookUp(PhonePrefix(app, account: account, at: biller), "account numbers", by: app)
    }

    private func lookUp(_ prefix: PhonePrefix<AppID>, _ what: String, by app: AppID) -> Problem? {
        let now = now
        let (isPrefix, reading) = state.withLock { state -> (Bool, RateBucket.Reading) in
            let reading = state.partyPrefixes.spend(prefix, at: now)
            return reading.isGranted ? (false, state.parties.spend(app, at: now)) : (true, reading)
        }
        guard !reading.isGranted else { return nil }
        let text = LimitText(
            reason: isPrefix ? .partiesPerPrefix : .parties, who: "this app",
            what: isPrefix ? "questions about numbers that begin alike" : "questions about \(what)",
            setting: isPrefix ? "parties_per_prefix" : "parties",
            remedy: "ask only about payees you are about to pay, and wait for Retry-After seconds")
        return refuse(text, app.text, isPrefix ? settings.partiesPerPrefix : settings.parties, reading)
    }

    /// Why a holder may not look anybody up by another number now; the same number again counts once an hour.
    func lookUp(_ phone: MSISDN, by holder: AccountID) -> Problem? {
        lookUp(AskedNumber(holder: holder, number: phone.e164), PhonePrefix(holder, phone), "phone numbers")
    }

    /// Why a holder may not ask a biller now about another account.
    func lookUp(_ account: String, at biller: ProviderID, by holder: AccountID) -> Problem? {
        lookUp(
            AskedNumber(holder: holder, number: "\(biller) \(account)"),
            PhonePrefix(holder, account: account, at: biller),
            "account numbers")
    }

    private func lookUp(_ asked: AskedNumber, _ prefix: PhonePrefix<AccountID>, _ what: String) -> Problem? {
        let now = now
        let (isPrefix, reading) = state.withLock { state -> (Bool, RateBucket.Reading?) in
            guard state.askedByHolders.spend(asked, at: now).isGranted else { return (false, nil) }
            let reading = state.holderPrefixes.spend(prefix, at: now)
            return reading.isGranted ? (false, state.holders.spend(asked.holder, at: now)) : (true, reading)
        }
        guard let reading, !reading.isGranted else { return nil }
        let text = LimitText(
            reason: isPrefix ? .phonesPerPrefix : .phones, who: "this holder",
            what: isPrefix ? "questions about \(what) that begin alike" : "questions about \(what)",
            setting: isPrefix ? "phones_per_prefix" : "phones")
        return refuse(text, asked.holder.text, isPrefix ? settings.phonesPerPrefix : settings.phones, reading)
    }

    /// Why no further phone number may be typed at an address now.
    package func type(_ phone: MSISDN, client: String) -> Problem? {
        let (key, now) = (ClientKey(client), now)
        let (isPrefix, reading) = state.withLock { state -> (Bool, RateBucket.Reading) in
            let reading = state.phonePrefixes.spend(PhonePrefix(key, phone), at: now)
            return reading.isGranted ? (false, state.phones.spend(key, at: now)) : (true, reading)
        }
        guard !reading.isGranted else { return nil }
        let text = LimitText(
            reason: isPrefix ? .phonesPerPrefix : .phones, who: "this address",
            what: isPrefix ? "tries of numbers that begin alike" : "tries of phone numbers",
            setting: isPrefix ? "phones_per_prefix" : "phones")
        return refuse(text, key.shortened, isPrefix ? settings.phonesPerPrefix : settings.phones, reading)
    }
}
