//! A way to a port of a throwaway engine, which has a network of its own.

use std::fs::File;
use std::io;
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::os::fd::AsFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;

use anyhow::{Context, Result, ensure};
use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};

/// A port on this process's loopback that leads to one on an engine's; dropped, it is closed.
#[derive(Debug)]
pub struct Relay {
    address: SocketAddr,
    state: Arc<State>,
    acceptor: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct State {
    over: AtomicBool,
    open: AtomicUsize,
}

impl Relay {
    /// Leads to `port` in a network, which the file of a process in `/proc` names.
    pub(super) fn start(network: &File, port: u16) -> Result<Self> {
        let network = network.try_clone()?;
        // A socket stays in the network where it was made.
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let state = Arc::new(State::default());
        let (shared, (entered, enter)) = (Arc::clone(&state), std::sync::mpsc::channel());
        let acceptor = std::thread::spawn(move || {
            // This thread alone moves.
            let moved = move_into_link_name_space(network.as_fd(), Some(LinkNameSpaceType::Network));
            let ready = moved.is_ok();
            // Whoever started this waits for it.
            let _ = entered.send(moved);
            if ready {
                accept(&listener, port, &shared);
            }
        });
        enter.recv().context("the relay has died")?.context("the engine's network cannot be entered")?;
        Ok(Self { address, state, acceptor: Some(acceptor) })
    }

    /// The port on this process's loopback, 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// How many connections are open.
    pub fn open(&self) -> usize {
        self.state.open.load(Ordering::SeqCst)
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.state.over.store(true, Ordering::SeqCst);
        // Wakes the thread that accepts.
        let woken = TcpStream::connect(self.address);
        if let (Ok(_), Some(acceptor)) = (woken, self.acceptor.take()) {
            let _ = acceptor.join();
        }
    }
}

fn accept(listener: &TcpListener, port: u16, state: &Arc<State>) {
    for near in listener.incoming() {
        if state.over.load(Ordering::SeqCst) {
            return;
        }
        // A connection that leads nowhere is closed, which is what its other side is to see.
        if let Ok(near) = near {
            let _ = join(&near, port, state);
        }
    }
}

fn join(near: &TcpStream, port: u16, state: &Arc<State>) -> io::Result<()> {
    let far = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    let to = pump(near.try_clone()?, far.try_clone()?);
    let from = pump(far, near.try_clone()?);
    state.open.fetch_add(1, Ordering::SeqCst);
    let state = Arc::clone(state);
    std::thread::spawn(move || {
        let _ = (to.join(), from.join());
        state.open.fetch_sub(1, Ordering::SeqCst);
    });
    Ok(())
}

/// Copies one direction, and hands its end on.
fn pump(mut from: TcpStream, mut to: TcpStream) -> JoinHandle<()> {
    std::thread::spawn(move || {
        let end = match io::copy(&mut from, &mut to) {
            Ok(_) => Shutdown::Write,
            Err(_) => Shutdown::Both,
        };
        let _ = to.shutdown(end);
    })
}

/// The network of a process.
pub(super) fn network(process: &str) -> Result<File> {
    ensure!(process.parse::<u32>().is_ok(), "{process:?} is no process");
    let path = format!("/proc/{process}/ns/net");
    File::open(&path).with_context(|| format!("{path} cannot be opened"))
}
