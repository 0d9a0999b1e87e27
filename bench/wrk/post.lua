-- A new patient of any tenant, with a phone that is nobody else's.
local common = dofile(os.getenv("BENCH_LUA") .. "/common.lua")
local given = {"Asha", "Kavita", "Neha", "Rahul", "Sanjay", "Imran", "Divya", "Kiran"}
local family = {"Sharma", "Patil", "Joshi", "Khan", "Reddy", "Bose", "Naidu", "Fernandes"}

request = function()
  return common.send("POST", "/api/v1/patients", common.tenant(), string.format(
    '{"name":"%s %s","sex":"female","date_of_birth":"19%02d-%02d-15","phone":"+918%09d","phone_relation":"self",'
      .. '"address":"%d, Station Road","city":"Pune","pincode":"411014"}',
    given[math.random(#given)], family[math.random(#family)], math.random(40, 99), math.random(12),
    math.random(0, 999999999), math.random(240)))
end
