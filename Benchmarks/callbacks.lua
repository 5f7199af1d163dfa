-- Each line of a file as a signed notification, once: the signature, a space, the body.
local lines, sent
function init(args)
  lines = {}
  for line in io.lines(args[1]) do lines[#lines + 1] = line end
  -- wrk looks at one request before it begins.
  sent = -1
end

function request()
  sent = sent + 1
  -- wrk stops once what is under way is answered; what it still asks for repeats the last one, which changes nothing.
  if sent > #lines then wrk.thread:stop() end
  local signature, body = lines[math.max(1, math.min(sent, #lines))]:match("^(%S+) (.*)$")
  return wrk.format("POST", "/callbacks/bench", {
    ["Content-Type"] = "application/json", ["Stripe-Signature"] = signature,
  }, body)
end

function done(summary, latency, requests)
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), summary.errors.status + summary.errors.timeout
    + summary.errors.connect + summary.errors.read))
end
