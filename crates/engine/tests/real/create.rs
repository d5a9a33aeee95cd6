//! What containers are created from.

use moondock_engine::api::containers::{
    CreateContainerParams, HostConfig, create_container, create_host_config,
};
use moondock_engine::models::{
    Container, ContainerRemoveParams, CreateParams, DockerClient, NetworkCreateParams, RunParams,
    VolumeRemoveParams,
};
use moondock_engine::types::{
    EndpointConfig, Healthcheck, IPAMConfig, IPAMPool, LogConfig, Mount, Ulimit, parse_env_file,
};
use moondock_engine::{ApiVersion, ErrorKind};
use moondock_tests::engine::abilities;
use serde_json::{Map, Value, json};

use super::needs::needs;
use super::{map, shared};

async fn remove(container: &Container) {
    container.remove(&ContainerRemoveParams::default().force(true).v(true)).await.unwrap();
}

/// A container's attributes, after which it is gone.
async fn attrs(client: &DockerClient, params: &CreateParams) -> moondock_engine::Result<Value> {
    let container = client.containers().create("busybox", params).await?;
    let attrs = container.attrs();
    remove(&container).await;
    Ok((*attrs).clone())
}

#[tokio::test]
async fn keeps_every_keyword() {
    let (_engine, client) = shared();
    let mut keywords = map(&json!({
        "command": "sh -c 'echo \"$A\"'", "entrypoint": ["/bin/sh", "-c"], "name": "moondock-create-all",
        "hostname": "front", "domainname": "example.org", "user": 1000, "group_add": ["audio", 44],
        "working_dir": "/srv", "stdin_open": true, "tty": true, "environment": {"A": "b c", "E": ""},
        "labels": ["one", "two"], "stop_signal": "SIGINT", "stop_timeout": 3, "init": true,
        "ports": {"80": 18080, "53/udp": ["127.0.0.1", 18053], "90": null}, "publish_all_ports": true,
        "volumes": {"/tmp": {"bind": "/host", "mode": "ro"}}, "tmpfs": {"/scratch": "size=1m"},
    }));
    keywords.extend(map(&json!({
        "cap_add": ["NET_ADMIN"], "cap_drop": ["MKNOD"], "security_opt": ["no-new-privileges"],
        "cpu_shares": 512, "cpu_period": 100_000, "cpu_quota": 50_000, "mem_limit": "64m", "memswap_limit": "128m",
        "mem_reservation": "32m", "pids_limit": 100, "oom_score_adj": 500, "shm_size": "16m",
        "devices": ["/dev/null:/dev/nothing:r"], "device_cgroup_rules": ["c 13:* rmw"],
        "dns": ["10.0.0.1"], "dns_opt": ["ndots:2"], "dns_search": ["example.org"],
        "extra_hosts": {"b.local": "10.0.0.2", "a.local": "10.0.0.1"}, "ipc_mode": "private",
        "cgroupns": "private", "restart_policy": {"Name": "on-failure", "MaximumRetryCount": 2},
        "read_only": true, "sysctls": {"net.ipv4.ip_forward": 1}, "runtime": "runc", "network_mode": "none",
        "extra": {"HostConfig": {"MaskedPaths": ["/proc/acpi"]}},
    })));
    let params: CreateParams = serde_json::from_value(keywords.into()).unwrap();
    let params = params
        .healthcheck(Healthcheck::default().test("true").interval("30s").retries(2).start_period("1s"))
        .log_config(LogConfig::default().r#type("json-file").config(map(&json!({"max-size": "1m"}))))
        .ulimits([Ulimit::default().name("nofile").soft(100).hard(200)])
        .mounts([Mount::tmpfs("/more").tmpfs_size("2m").tmpfs_mode(0o700), Mount::bind("/tmp", "/again")]);
    let attrs = attrs(&client, &params).await.unwrap();
    for (place, expected) in [
        ("/Config/Cmd", json!(["sh", "-c", "echo \"$A\""])),
        ("/Config/Entrypoint", json!(["/bin/sh", "-c"])),
        ("/Config/Hostname", json!("front")),
        ("/Config/User", json!("1000")),
        ("/Config/WorkingDir", json!("/srv")),
        ("/Config/OpenStdin", json!(true)),
        ("/Config/Tty", json!(true)),
        ("/Config/Labels", json!({"one": "", "two": ""})),
        ("/Config/StopTimeout", json!(3)),
        ("/Config/Healthcheck/Test", json!(["CMD-SHELL", "true"])),
        ("/Config/Healthcheck/Interval", json!(30_000_000_000_i64)),
        ("/Config/Healthcheck/StartPeriod", json!(1_000_000_000)),
        ("/HostConfig/GroupAdd", json!(["audio", "44"])),
        ("/HostConfig/SecurityOpt/0", json!("no-new-privileges")),
        ("/HostConfig/OomScoreAdj", json!(500)),
        ("/HostConfig/ShmSize", json!(16 << 20)),
        ("/HostConfig/Devices/0/PathInContainer", json!("/dev/nothing")),
        ("/HostConfig/Dns", json!(["10.0.0.1"])),
        ("/HostConfig/DnsOptions", json!(["ndots:2"])),
        ("/HostConfig/DnsSearch", json!(["example.org"])),
        ("/HostConfig/ExtraHosts", json!(["a.local:10.0.0.1", "b.local:10.0.0.2"])),
        ("/HostConfig/RestartPolicy", json!({"Name": "on-failure", "MaximumRetryCount": 2})),
        ("/HostConfig/ReadonlyRootfs", json!(true)),
        ("/HostConfig/Init", json!(true)),
        ("/HostConfig/NetworkMode", json!("none")),
    ] {
        assert_eq!(attrs.pointer(place), Some(&expected), "{place}");
    }
    needs(&abilities::ALL_SETTINGS, async {
        for (place, expected) in [
            ("/Config/ExposedPorts", json!({"53/udp": {}, "80/tcp": {}, "90/tcp": {}})),
            ("/Config/Domainname", json!("example.org")),
            ("/Config/StopSignal", json!("SIGINT")),
            ("/HostConfig/PortBindings/80~1tcp", json!([{"HostIp": "", "HostPort": "18080"}])),
            ("/HostConfig/PortBindings/53~1udp", json!([{"HostIp": "127.0.0.1", "HostPort": "18053"}])),
            ("/HostConfig/Binds", json!(["/tmp:/host:ro"])),
            ("/HostConfig/Tmpfs", json!({"/scratch": "size=1m"})),
            ("/HostConfig/DeviceCgroupRules", json!(["c 13:* rmw"])),
            ("/HostConfig/IpcMode", json!("private")),
            ("/HostConfig/CgroupnsMode", json!("private")),
            ("/HostConfig/Sysctls", json!({"net.ipv4.ip_forward": "1"})),
            ("/HostConfig/Runtime", json!("runc")),
            ("/HostConfig/PublishAllPorts", json!(true)),
            ("/HostConfig/MaskedPaths", json!(["/proc/acpi"])),
            ("/HostConfig/LogConfig", json!({"Type": "json-file", "Config": {"max-size": "1m"}})),
            ("/HostConfig/Ulimits", json!([{"Name": "nofile", "Soft": 100, "Hard": 200}])),
            ("/HostConfig/Mounts/0/TmpfsOptions", json!({"SizeBytes": 2 << 20, "Mode": 0o700})),
            ("/HostConfig/Mounts/1/Type", json!("bind")),
        ] {
            assert_eq!(attrs.pointer(place), Some(&expected), "{place}");
        }
    })
    .await;
    let environment = attrs["Config"]["Env"].as_array().unwrap();
    assert!(environment.contains(&json!("A=b c")) && environment.contains(&json!("E=")), "{environment:?}");
}

#[tokio::test]
async fn newer_options_work_or_are_refused() {
    let (_engine, client) = shared();
    let spoken = client.api().api_version().await.unwrap();
    let mounts = |mount: Mount| CreateParams::default().mounts([mount]);
    let volume = Mount::volume("moondock-create-newer", "/x");
    let cases = vec![
        (
            CreateParams::default().healthcheck(Healthcheck::default().test("true").start_interval("2s")),
            44,
            "/Config/Healthcheck/StartInterval",
            json!(2_000_000_000),
        ),
        (
            CreateParams::default().annotations(map(&json!({"a": "b"}))),
            43,
            "/HostConfig/Annotations",
            json!({"a": "b"}),
        ),
        (CreateParams::default().console_size(vec![24, 80]), 42, "/HostConfig/ConsoleSize", json!([24, 80])),
        (
            mounts(Mount::bind("/tmp", "/x").create_mountpoint(true)),
            42,
            "/HostConfig/Mounts/0/BindOptions/CreateMountpoint",
            json!(true),
        ),
        (
            mounts(Mount::bind("/tmp", "/x").read_only(true).read_only_non_recursive(true)),
            44,
            "/HostConfig/Mounts/0/BindOptions/ReadOnlyNonRecursive",
            json!(true),
        ),
        (mounts(volume.subpath("a/b")), 45, "/HostConfig/Mounts/0/VolumeOptions/Subpath", json!("a/b")),
        (
            mounts(Mount::tmpfs("/x").tmpfs_options(vec![vec!["noexec".to_owned()]])),
            46,
            "/HostConfig/Mounts/0/TmpfsOptions/Options",
            json!([["noexec"]]),
        ),
        (mounts(Mount::image("busybox", "/x")), 48, "/HostConfig/Mounts/0/Type", json!("image")),
        (
            CreateParams::default()
                .device_requests([moondock_engine::types::DeviceRequest::cdi(["a.b/c=d"])]),
            44,
            "/HostConfig/DeviceRequests/0/Driver",
            json!("cdi"),
        ),
    ];
    for (params, version, place, expected) in cases {
        let version = ApiVersion::new(1, version);
        let attrs = attrs(&client, &params).await;
        if spoken >= version {
            assert_eq!(attrs.unwrap().pointer(place), Some(&expected), "{place}");
        } else {
            let error = attrs.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidVersion, "{place}: {error}");
            let words = error.to_string();
            assert!(words.contains(&version.to_string()) && words.contains(&spoken.to_string()), "{words}");
        }
    }
    if spoken >= ApiVersion::new(1, 45) {
        client
            .volumes()
            .get("moondock-create-newer")
            .await
            .unwrap()
            .remove(&VolumeRemoveParams::default())
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn options_that_left_the_api_are_refused_from_then_on() {
    let (_engine, client) = shared();
    let spoken = client.api().api_version().await.unwrap();
    for (params, gone) in [
        (CreateParams::default().kernel_memory("50m"), ApiVersion::new(1, 42)),
        (CreateParams::default().mac_address("02:42:ac:11:00:02"), ApiVersion::new(1, 52)),
    ] {
        let attrs = attrs(&client, &params).await;
        assert_eq!(attrs.is_ok(), spoken < gone, "{attrs:?}");
        if let Err(error) = attrs {
            assert_eq!(error.kind(), ErrorKind::InvalidVersion);
        }
    }
}

#[tokio::test]
async fn connects_to_several_networks_at_once() {
    let (_engine, client) = shared();
    let spoken = client.api().api_version().await.unwrap();
    let mut networks = Vec::new();
    for (name, subnet) in [("front", "10.214.1.0/24"), ("back", "10.214.2.0/24")] {
        let ipam = IPAMConfig::default().pool(IPAMPool::default().subnet(subnet));
        let name = format!("moondock-create-{name}");
        networks
            .push(client.networks().create(&name, &NetworkCreateParams::default().ipam(ipam)).await.unwrap());
    }
    let endpoint = EndpointConfig::default().ipv4_address("10.214.1.77").aliases(vec!["web".to_owned()]);
    let front: Map<_, _> =
        [("moondock-create-front".to_owned(), Value::from(Map::from(endpoint)))].into_iter().collect();
    let one = attrs(&client, &CreateParams::default().networks(front.clone())).await.unwrap();
    let settings = &one["NetworkSettings"]["Networks"]["moondock-create-front"];
    needs(&abilities::ENDPOINT_SETTINGS, async {
        assert_eq!(settings["IPAMConfig"]["IPv4Address"], "10.214.1.77");
        assert_eq!(one["HostConfig"]["NetworkMode"], "moondock-create-front");
    })
    .await;

    let mut both = front;
    both.insert("moondock-create-back".to_owned(), json!({"mac_address": "02:42:0a:d6:02:09"}));
    let both = attrs(&client, &CreateParams::default().networks(both)).await;
    if spoken >= ApiVersion::new(1, 44) {
        let both = both.unwrap();
        let settings = both["NetworkSettings"]["Networks"].as_object().unwrap();
        assert_eq!(settings.len(), 2);
        assert_eq!(settings["moondock-create-back"]["MacAddress"], "02:42:0a:d6:02:09");
    } else {
        assert_eq!(both.unwrap_err().kind(), ErrorKind::InvalidVersion);
    }
    for network in networks {
        network.remove().await.unwrap();
    }
}

#[tokio::test]
async fn docker_pys_low_level_pair_creates_too() {
    let (_engine, client) = shared();
    let host = HostConfig::default()
        .binds([("/tmp", json!({"bind": "/host", "ro": true}))])
        .port_bindings(map(&json!({"80": null})))
        .mem_limit("64m")
        .network_mode("none");
    let params = CreateContainerParams::default()
        .image("busybox")
        .command("true")
        .name("moondock-create-low")
        .ports(vec![json!(80), json!([53, "udp"])])
        .volumes("/data")
        .runtime("runc")
        .stop_timeout(7)
        .host_config(create_host_config(&host).unwrap());
    let created = client.api().json(create_container(&params).unwrap()).await.unwrap();
    let container = client.containers().get(created["Id"].as_str().unwrap()).await.unwrap();
    let attrs = container.attrs();
    assert_eq!(attrs["Name"], "/moondock-create-low");
    assert_eq!(attrs["Config"]["StopTimeout"], 7);
    assert_eq!(attrs["HostConfig"]["NetworkMode"], "none");
    needs(&abilities::ALL_SETTINGS, async {
        let ports = attrs["Config"]["ExposedPorts"].clone();
        assert_eq!(ports, json!({"53/udp": {}, "80/tcp": {}}), "ExposedPorts");
        assert_eq!(attrs["Config"]["Volumes"], json!({"/data": {}}));
        assert_eq!(attrs["HostConfig"]["Binds"], json!(["/tmp:/host:ro"]));
        assert_eq!(attrs["HostConfig"]["Runtime"], "runc");
    })
    .await;
    remove(&container).await;
}

#[tokio::test]
async fn runs_with_an_environment_from_a_file() {
    let (_engine, client) = shared();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "# settings\nGREETING=hello there\nEMPTY=\n").unwrap();
    let params = RunParams::default()
        .command(r#"sh -c 'echo "$GREETING, ${EMPTY}."'"#)
        .environment(parse_env_file(file.path()).unwrap())
        .network_disabled(true)
        .remove(true);
    let output = client.containers().run("busybox", params).await.unwrap();
    assert_eq!(output.bytes(), b"hello there, .\n");
}
