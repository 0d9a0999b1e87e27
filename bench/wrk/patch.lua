-- Another address for any patient of any tenant.
local common = dofile(os.getenv("BENCH_LUA") .. "/common.lua")

request = function()
  local tenant = common.tenant()
  return common.send("PATCH", "/api/v1/patients/" .. common.id_of(tenant), tenant,
    string.format('{"address":"%d, Market Road","city":"Nashik"}', math.random(9999)))
end
