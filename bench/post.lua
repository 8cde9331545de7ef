-- wrk: send a form once per line of the token file, each line by one thread only.
local lines, index = {}, 0
local threads = 0
function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end
function init(args)
  local step, n = 2, 0
  for line in io.lines(args[1]) do
    if n % step == id then lines[#lines + 1] = line end
    n = n + 1
  end
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
end
function request()
  index = index + 1
  return wrk.format(nil, nil, nil, lines[(index - 1) % #lines + 1])
end
local other = 0
function response(status) if status ~= 302 and status ~= 303 then other = other + 1; print("status", status) end end
