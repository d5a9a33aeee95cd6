//! Functions of scripts, callable from any thread.
//!
//! A script's functions live where its language runs. A [`Callback`] holds only a number; calling it sends an
//! [`Invocation`] to the language, which runs the function and replies.

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};

use crate::error::{Result, ScriptError};
use crate::value::Value;

/// What a language is asked to do with one of its functions.
pub enum Invocation {
    /// Call it.
    Call {
        /// Which function.
        id: u64,
        /// The arguments.
        arguments: Vec<Value>,
        /// Where the result goes.
        reply: oneshot::Sender<Result<Value>>,
    },
    /// Forget it: nothing can call it any more.
    Release {
        /// Which function.
        id: u64,
    },
}

/// Where the languages' invocations come from.
pub type Invocations = mpsc::UnboundedReceiver<Invocation>;

/// Makes callbacks for one script.
#[derive(Clone, Debug)]
pub struct Callbacks {
    sender: mpsc::UnboundedSender<Invocation>,
}

impl Callbacks {
    /// Makes the two ends of a script's callbacks.
    pub fn new() -> (Self, Invocations) {
        let (sender, receiver) = mpsc::unbounded_channel();
        (Self { sender }, receiver)
    }

    /// Makes a callback for the function that the language knows by this number.
    pub fn wrap(&self, id: u64) -> Callback {
        Callback(Arc::new(Handle { id, sender: self.sender.clone() }))
    }
}

/// A function of a script's. The last clone to go away releases it.
#[derive(Clone, Debug)]
pub struct Callback(Arc<Handle>);

#[derive(Debug)]
struct Handle {
    id: u64,
    sender: mpsc::UnboundedSender<Invocation>,
}

impl Callback {
    /// The number that the language gave it.
    pub fn id(&self) -> u64 {
        self.0.id
    }

    /// Calls the function.
    ///
    /// # Errors
    ///
    /// What the function raised; also when its script has ended.
    pub async fn call(&self, arguments: Vec<Value>) -> Result<Value> {
        let (reply, result) = oneshot::channel();
        let sent = self.0.sender.send(Invocation::Call { id: self.0.id, arguments, reply });
        match (sent, result.await) {
            (Ok(()), Ok(result)) => result,
            _ => Err(ScriptError::cancelled("the script has ended")),
        }
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        // A script that has ended holds no functions any more.
        let _ = self.sender.send(Invocation::Release { id: self.id });
    }
}
