-- One payment per request, each with its own idempotency key.
local thread_count = 0
function setup(thread)
  thread:set("number", thread_count)
  thread_count = thread_count + 1
end

local body, made
function init(args)
  body = args[1]
  local source = io.open("/dev/urandom", "rb")
  local bytes = source:read(8)
  source:close()
  made = 0
  run = ""
  for index = 1, #bytes do run = run .. string.format("%02x", bytes:byte(index)) end
end

function request()
  made = made + 1
  return wrk.format("POST", "/v1/payments", {
    ["Authorization"] = "Bearer sk_sandbox_demo",
    ["Content-Type"] = "application/json",
    ["Idempotency-Key"] = string.format("bench-%s-%d-%08d", run, number, made),
  }, body)
end

local wrong = 0
function response(status)
  if status ~= 201 and status ~= 200 then wrong = wrong + 1 end
end

function done(summary, latency, requests)
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), summary.errors.status + summary.errors.timeout
    + summary.errors.connect + summary.errors.read))
end
