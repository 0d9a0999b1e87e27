-- One patient of any tenant.
local common = dofile(os.getenv("BENCH_LUA") .. "/common.lua")

request = function()
  local tenant = common.tenant()
  return common.get("/api/v1/patients/" .. common.id_of(tenant), tenant)
end
