local client = require("docker").from_env()
local made = client.containers:create("busybox", "true", {labels = {test = "containers-prune"}})
local pruned = client.containers:prune{filters = {label = "test=containers-prune"}}
print(("%d %s"):format(#pruned.ContainersDeleted, pruned.ContainersDeleted[1] == made.id))
print(#client.containers:prune{filters = {label = "test=containers-prune"}}.ContainersDeleted)
