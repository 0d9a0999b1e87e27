-- The beginning of a family name in any tenant: about 25 of its 1,000 patients match, 20 are answered.
local common = dofile(os.getenv("BENCH_LUA") .. "/common.lua")
local words = {"agar", "chau", "gupt", "mish", "pand", "shuk", "tiwa", "yada", "bhos", "gaik", "jadh", "josh", "kulk",
  "pati", "shin", "nata", "sund", "nai", "redd", "bane", "ghos", "ansa", "fern", "pint"}

request = function()
  return common.get("/api/v1/patients?search=" .. words[math.random(#words)], common.tenant())
end
