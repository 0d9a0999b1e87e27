-- The first page of any tenant's patients: twenty, the newest first.
local common = dofile(os.getenv("BENCH_LUA") .. "/common.lua")

request = function()
  return common.get("/api/v1/patients", common.tenant())
end
