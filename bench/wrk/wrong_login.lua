-- A wrong password for the account of any tenant, as fast as the answers come.
local common = dofile(os.getenv("BENCH_LUA") .. "/common.lua")
local body = '{"grant_type":"password","email":"receptionist@clinic-%06d.example","password":"wrong-%09d",'
  .. '"tenant":"clinic-%06d"}'

request = function()
  local tenant = math.random(tonumber(os.getenv("BENCH_TENANTS")))
  return wrk.format("POST", "/api/v1/auth/token",
    {["Host"] = os.getenv("BENCH_HOST"), ["Content-Type"] = "application/json"},
    body:format(tenant, math.random(0, 999999999), tenant))
end
