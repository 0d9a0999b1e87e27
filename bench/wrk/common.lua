-- What all scripts share: whom to ask for what, and how a run is told to bench/support/wrk.py. One file of targets a
-- server, a line a tenant: host, token, and the ids of its patients without anything between them (36 characters each).

local ID = 36
local common = {}

local targets = {}
for line in io.lines(os.getenv("BENCH_TARGETS")) do
  local host, token, ids = line:match("^([^\t]*)\t([^\t]*)\t(.*)$")
  targets[#targets + 1] = {
    headers = "Host: " .. host .. "\r\nAuthorization: Bearer " .. token .. "\r\n",
    ids = ids,
    count = #ids / ID,
  }
end

math.randomseed(tonumber(os.getenv("BENCH_SEED")))
local random = math.random

function common.tenant()
  return targets[random(#targets)]
end

function common.id_of(tenant)
  local from = (random(tenant.count) - 1) * ID
  return tenant.ids:sub(from + 1, from + ID)
end

function common.get(path, tenant)
  return "GET " .. path .. " HTTP/1.1\r\n" .. tenant.headers .. "\r\n"
end

function common.send(method, path, tenant, body)
  return method .. " " .. path .. " HTTP/1.1\r\n" .. tenant.headers
    .. "Content-Type: application/json\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end

-- Microseconds. wrk 4 has corrected the latencies for requests that a slow answer kept back.
function common.result(summary, latency, more)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests": %d, "duration": %d, "status_errors": %d, "timeouts": %d, "socket_errors": %d, '
      .. '"p50": %.0f, "p99": %.0f, "max": %.0f%s}\n',
    summary.requests, summary.duration, errors.status, errors.timeout, errors.connect + errors.read + errors.write,
    latency:percentile(50), latency:percentile(99), latency.max, more or ""))
end

done = function(summary, latency) common.result(summary, latency) end

return common
