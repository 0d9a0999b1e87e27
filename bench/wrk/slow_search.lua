-- Three letters, which begin more words of the big tenant than a search reads: it reads as many as it may.
local common = dofile(os.getenv("BENCH_LUA") .. "/common.lua")

request = function()
  return common.get("/api/v1/patients?search=sha", common.tenant())
end
