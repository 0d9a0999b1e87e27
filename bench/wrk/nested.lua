-- The first hundred kits of any tenant, each with its five parts and its maker.
local common = dofile(os.getenv("BENCH_LUA") .. "/common.lua")

request = function()
  return common.get("/api/v1/kits?limit=100&expand=maker", common.tenant())
end
