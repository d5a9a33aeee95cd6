//! Services: replicated ones, with a terminal, and jobs.

use moondock_engine::models::{
    DockerClient, Service, ServiceCreateParams, ServiceInspectParams, ServiceListParams, ServiceLogsParams,
    ServiceUpdateParams, TaskListParams,
};
use moondock_engine::stream::{Frames, collect};
use moondock_engine::types::{
    ContainerSpec, EndpointSpec, Filters, Healthcheck, Mount, Resources, RestartPolicy, ServiceMode,
    UpdateConfig,
};
use moondock_engine::{ApiVersion, ErrorKind};
use serde_json::{Value, json};

use super::{at_newest, eventually, tasks_in};

async fn text(frames: Frames) -> String {
    String::from_utf8(collect(frames.bytes()).await.unwrap()).unwrap()
}

/// A service of two tasks that say something.
fn web() -> ServiceCreateParams {
    let container = ContainerSpec::default()
        .env([("WORD", "hello")])
        .mounts(vec![Mount::tmpfs("/scratch").tmpfs_size("1m").into(), "data:/data".into()])
        .healthcheck(Healthcheck::default().test("true").interval("1s"))
        .stop_grace_period(1_000_000_000)
        .init(true);
    ServiceCreateParams::default()
        .name("web")
        .command(["sh", "-c", "echo $WORD; echo oops >&2; exec sleep 9999"])
        .mode(ServiceMode::default().mode("replicated").replicas(2))
        .labels([("tier", "front")])
        .container_labels([("inner", "yes")])
        .constraints(vec!["node.labels.disk == ssd".to_owned()])
        .resources(Resources::default().mem_limit("32m"))
        .endpoint_spec(EndpointSpec::default().mode("dnsrr"))
        .update_config(UpdateConfig::default().order("start-first").failure_action("pause"))
        .log_driver("json-file")
        .container(container)
}

pub(super) async fn replicated(client: &DockerClient) -> Service {
    let services = client.services();
    let params = web();
    let web = services.create("busybox", &params).await.unwrap();
    assert_eq!(web.name(), "web");
    let error = services.create("busybox", &params).await.unwrap_err();
    assert_eq!(error.status_code(), Some(409), "{error}");
    let tasks = tasks_in(&web, "running", 2).await;

    let spec = web.attrs()["Spec"].clone();
    assert_eq!(spec["Labels"], json!({"tier": "front"}));
    let container = &spec["TaskTemplate"]["ContainerSpec"];
    assert_eq!((&container["Labels"], &container["Init"]), (&json!({"inner": "yes"}), &json!(true)));
    assert_eq!(spec["TaskTemplate"]["Resources"]["Limits"]["MemoryBytes"], 32 << 20);
    let full = services.get("web", &ServiceInspectParams::default().insert_defaults(true)).await.unwrap();
    assert!(full == web && full.attrs()["Spec"]["RollbackConfig"]["Order"].is_string());
    let counted =
        ServiceListParams::default().filters(Filters::default().with("label", "tier=front")).status(true);
    let listed = services.list(&counted).await.unwrap();
    assert_eq!(listed[0].attrs()["ServiceStatus"]["RunningTasks"], 2);

    logs(&web, tasks[0]["ID"].as_str().unwrap()).await;
    web
}

pub(super) async fn change(web: &Service) {
    let update =
        ServiceUpdateParams::default().labels([("tier", "back")]).restart_policy(RestartPolicy::default());
    let answer = at_newest(web, async || web.update(&update).await).await;
    assert_eq!(answer, json!({"Warnings": []}));
    web.reload().await.unwrap();
    let spec = web.attrs()["Spec"].clone();
    assert_eq!(spec["Labels"], json!({"tier": "back"}));
    assert_eq!(spec["TaskTemplate"]["RestartPolicy"]["Condition"], "none");
    assert_eq!(spec["TaskTemplate"]["ContainerSpec"]["Env"], json!(["WORD=hello"]));
    assert_eq!(spec["Mode"]["Replicated"]["Replicas"], 2);

    at_newest(web, async || web.scale(1).await).await;
    let before = tasks_in(web, "running", 1).await;
    at_newest(web, async || web.force_update().await).await;
    eventually("another task", async || {
        let after = tasks_in(web, "running", 1).await;
        (after[0]["ID"] != before[0]["ID"]).then_some(())
    })
    .await;
    web.reload().await.unwrap();
    assert_eq!(web.attrs()["Spec"]["TaskTemplate"]["ForceUpdate"], 1);

    let unset = ServiceUpdateParams::default().fetch_current_spec(false).name("web");
    at_newest(web, async || web.update(&unset).await).await;
    web.reload().await.unwrap();
    let spec = web.attrs()["Spec"].clone();
    assert_eq!((&spec["Labels"], spec["TaskTemplate"]["ContainerSpec"].get("Env")), (&json!({}), None));

    web.remove().await.unwrap();
    assert_eq!(web.reload().await.unwrap_err().kind(), ErrorKind::NotFound);
}

async fn logs(web: &Service, task: &str) {
    let both = ServiceLogsParams::default().stdout(true).stderr(true);
    let written = eventually("the logs of two tasks", async || {
        let written = text(web.logs(&both).await.unwrap()).await;
        (written.lines().count() == 4).then_some(written)
    })
    .await;
    assert_eq!((written.matches("hello\n").count(), written.matches("oops\n").count()), (2, 2), "{written}");
    let services = web.client().services();
    let of_task =
        text(services.task_logs(task, &ServiceLogsParams::default().stdout(true)).await.unwrap()).await;
    assert_eq!(of_task, "hello\n");
    let detailed = both.clone().details(true).timestamps(true).tail(1);
    let details = text(services.logs("web", &detailed).await.unwrap()).await;
    assert!(details.lines().count() == 2 && details.contains("com.docker.swarm.task.id="), "{details}");
    let error = web.logs(&ServiceLogsParams::default()).await.err().unwrap();
    assert!(error.to_string().contains("at least one"), "{error}");
}

pub(super) async fn with_a_terminal(client: &DockerClient) {
    let params = ServiceCreateParams::default()
        .name("terminal")
        .command(["sh", "-c", "test -t 1 && echo tty; exec sleep 9999"])
        .mode("global")
        .container(ContainerSpec::default().tty(true).stop_grace_period(0));
    let terminal = client.services().create("busybox", &params).await.unwrap();
    let task = tasks_in(&terminal, "running", 1).await.remove(0);
    let stdout = ServiceLogsParams::default().stdout(true);
    let written = eventually("the terminal's logs", async || {
        let written = text(terminal.logs(&stdout).await.unwrap()).await;
        (!written.is_empty()).then_some(written)
    })
    .await;
    assert_eq!(written.trim_end(), "tty");
    let services = client.services();
    assert_eq!(text(services.logs("terminal", &stdout).await.unwrap()).await, written);
    assert_eq!(text(services.task_logs(task["ID"].as_str().unwrap(), &stdout).await.unwrap()).await, written);
    assert_eq!(terminal.scale(2).await.unwrap_err().kind(), ErrorKind::InvalidArgument);
    terminal.remove().await.unwrap();
}

pub(super) async fn jobs(client: &DockerClient) {
    let params = ServiceCreateParams::default()
        .name("job")
        .command("true")
        .mode(ServiceMode::default().mode("replicated-job").replicas(2).concurrency(2))
        .restart_policy(RestartPolicy::default());
    let job = client.services().create("busybox", &params).await.unwrap();
    let completed = async |count: usize| {
        eventually("a job's tasks complete", async || {
            let tasks = job.tasks(&TaskListParams::default()).await.unwrap();
            let complete = |task: &&Value| task["Status"]["State"] == "complete";
            (tasks.as_array().unwrap().iter().filter(complete).count() == count).then_some(())
        })
        .await;
    };
    completed(2).await;
    at_newest(&job, async || job.scale(1).await).await;
    job.reload().await.unwrap();
    let mode = job.attrs()["Spec"]["Mode"]["ReplicatedJob"].clone();
    assert_eq!(mode, json!({"MaxConcurrent": 2, "TotalCompletions": 1}));
    job.remove().await.unwrap();

    let nowhere = vec!["node.labels.disk == tape".to_owned()];
    let params = ServiceCreateParams::default().name("pending").command("true").constraints(nowhere);
    let pending = client.services().create("busybox", &params).await.unwrap();
    let filters = Filters::default().with("desired-state", "running");
    let tasks = eventually("a task that waits", async || {
        let tasks = pending.tasks(&TaskListParams::default().filters(filters.clone())).await.unwrap();
        (tasks[0]["Status"]["State"] == "pending").then_some(tasks)
    })
    .await;
    assert_eq!(tasks[0]["ServiceID"], pending.id());
    pending.remove().await.unwrap();
}

pub(super) async fn newer(client: &DockerClient) {
    let params = ServiceCreateParams::default()
        .name("newer")
        .command("sleep 9999")
        .container(ContainerSpec::default().oom_score_adj(100));
    let created = client.services().create("busybox", &params).await;
    let version = client.api().api_version().await.unwrap();
    if version < ApiVersion::new(1, 46) {
        let error = created.err().unwrap();
        assert_eq!(error.kind(), ErrorKind::InvalidVersion);
        let words = error.to_string();
        assert!(words.contains("1.46") && words.contains(&version.to_string()), "{words}");
    } else {
        let newer = created.unwrap();
        assert_eq!(newer.attrs()["Spec"]["TaskTemplate"]["ContainerSpec"]["OomScoreAdj"], 100);
        newer.remove().await.unwrap();
    }
}
