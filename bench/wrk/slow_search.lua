-- One letter, which begins a name of every third patient of the big tenant: all of them are looked at for each answer.
local common = dofile(os.getenv("BENCH_LUA") .. "/common.lua")

request = function()
  return common.get("/api/v1/patients?search=a", common.tenant())
end
