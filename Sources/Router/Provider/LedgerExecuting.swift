/// A provider whose operator is our own ledger: it asks nobody and sends nothing.
///
/// The third way to be prepared, beside a request and a session: the core executes an attempt by postings, in the commit
/// that makes it. Either all of that is durable, or the ledger refused it and nothing moved; an attempt is never open.
package protocol LedgerExecuting: PaymentProvider {}
