-- In one case, since an engine does not prune twice at the same time.
local client = require("docker").from_env()
local made = client.containers:create("busybox", "true", {labels = {test = "containers-prune"}})
local pruned = client.containers:prune{filters = {label = "test=containers-prune"}}
print(("%d %s"):format(#pruned.ContainersDeleted, pruned.ContainersDeleted[1] == made.id))
print(#client.containers:prune{filters = {label = "test=containers-prune"}}.ContainersDeleted)

local network = client.networks:create("moondock-case-prune", {
    labels = {test = "networks-prune"}, ipam = {pool_configs = {{subnet = "10.214.3.0/24"}}},
})
pruned = client.networks:prune{filters = {label = "test=networks-prune"}}
print(("%d %s"):format(#pruned.NetworksDeleted, pruned.NetworksDeleted[1] == network.name))
print(#client.networks:prune{filters = {label = "test=networks-prune"}}.NetworksDeleted)
