import CCurl
import Router

/// One libcurl handle and the exchange it is working on.
///
/// Belongs to the driver thread. Handles are kept between exchanges, because making one is not cheap; ``clear()`` takes
/// everything out of them that an exchange put in.
final class Slot {
    let easy: OpaquePointer
    unowned let scope: Scope
    private(set) var job: Job?
    /// What has arrived so far.
    var reader = ReplyReader()
    /// How often libcurl wanted to begin the request.
    ///
    /// More than once means a repetition that nobody asked for.
    var passes = 0
    /// Why one of our own callbacks ended the exchange; explains libcurl's code, which then says only "aborted".
    var fault: TransportFailure?

    private let url: OpaquePointer
    /// What ``url`` holds, checked; `nil` if it holds nothing that may be used.
    ///
    /// libcurl works on a copy of its own.
    private var target: String?
    private let share: OpaquePointer
    private var headers: UnsafeMutablePointer<curl_slist>?

    /// `nil` only if memory is out.
    init?(scope: Scope, share: OpaquePointer) {
        guard let easy = curl_easy_init() else { return nil }
        guard let url = curl_url() else {
            curl_easy_cleanup(easy)
            return nil
        }
        self.scope = scope
        self.share = share
        self.easy = easy
        self.url = url
    }

    /// Makes the handle ready for a job; says why if that cannot be done.
    func prepare(_ job: Job, _ rules: CurlPolicy) -> TransportFailure? {
        self.job = job
        reader = ReplyReader(
            maximumHeaderBytes: rules.configuration.maximumHeaderBytes, maximumBodyBytes: job.limits.maximumReplyBytes)
        // Parsing costs as much as all options together, and an operator's address hardly ever changes.
        if target != job.request.url {
            target = nil
            if let fault = WireURL.set(url, to: job.request.url) { return fault }
            target = job.request.url
        }
        headers = HeaderList.make(job.request.headers)
        guard headers != nil else { return Shortage.failure }
        var options = Options(easy)
        rules.apply(to: &options)
        options.share(share)
        options.target(url, isSecure: WireURL.isSecure(job.request.url), headers)
        if case .socketFile(let path) = job.scope.addresses { options.set(CURLOPT_UNIX_SOCKET_PATH, path) }
        options.limits(job.limits)
        options.body(of: job.request)
        switch job.purpose {
        case .money(_, let mayReuse): if !mayReuse { options.freshConnectionOnly() }
        case .question: options.welcomeCompression()
        }
        options.callbacks(to: self)
        guard options.firstFault == CURLE_OK else {
            return TransportFailure(.other, "libcurl refused an option: \(CurlText.of(options.firstFault))")
        }
        return nil
    }

    /// Forgets the exchange.
    func clear() {
        curl_easy_reset(easy)
        curl_slist_free_all(headers)
        headers = nil
        job = nil
        reader = ReplyReader()
        passes = 0
        fault = nil
    }

    /// Frees the handle for good.
    func close() {
        clear()
        curl_easy_cleanup(easy)
        curl_url_cleanup(url)
    }
}
