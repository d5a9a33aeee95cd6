//! Containers that sleep while tests use them.

use moondock_engine::models::{
    Container, ContainerRemoveParams, CreateParams, DockerClient, ExecOutput, ExecRunParams,
};

/// A container of the test's own that runs until it is removed.
pub(super) async fn idle(client: &DockerClient, name: &str, params: CreateParams) -> Container {
    let params = params.name(name).command("sleep 600");
    let container = client.containers().create("busybox", &params).await.unwrap();
    container.start().await.unwrap();
    container.reload().await.unwrap();
    container
}

/// Removes a container that may still run.
pub(super) async fn remove(container: &Container) {
    container.remove(&ContainerRemoveParams::default().force(true).v(true)).await.unwrap();
}

/// What a command in a container wrote; it must succeed.
pub(super) async fn output(container: &Container, command: &str) -> String {
    let result = container.exec_run(&ExecRunParams::default().cmd(command)).await.unwrap();
    let ExecOutput::Collected(output) = result.output else { unreachable!("the output is collected") };
    let output = String::from_utf8(output).unwrap();
    assert_eq!(result.exit_code, Some(0), "{command}: {output}");
    output
}
