//! Changes of files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use notify::event::{ModifyKind, RenameMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{
    DebounceEventResult, DebouncedEvent, Debouncer, RecommendedCache, new_debouncer,
};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::{AutomationError, schedule};

/// What to watch, and how.
#[derive(Clone, Debug)]
pub struct WatchOptions {
    /// Files, and folders with all below them.
    pub paths: Vec<PathBuf>,
    /// How long it must be quiet before changes are handed over.
    pub debounce: Duration,
}

/// What happened to a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It is new.
    Created,
    /// Its contents or attributes changed.
    Modified,
    /// It is gone.
    Removed,
}

impl ChangeKind {
    /// The kind's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Modified => "modified",
            Self::Removed => "removed",
        }
    }
}

/// A change of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The path.
    pub path: PathBuf,
    /// What happened to it.
    pub kind: ChangeKind,
}

type Batch = Result<Vec<Change>, String>;

/// A watch that runs until it is dropped.
pub(crate) struct Watch {
    batches: UnboundedReceiver<Batch>,
    _debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
}

impl Watch {
    pub(crate) fn start(options: &WatchOptions) -> Result<Self, AutomationError> {
        let fail =
            |path: &Path, why: String| AutomationError::Watch { path: path.display().to_string(), why };
        if options.paths.is_empty() {
            return Err(AutomationError::NoPath);
        }
        // The debouncer looks at a part of this interval, without a pause if that is nothing.
        schedule::check(options.debounce)?;
        let mut roots = Vec::new();
        for path in &options.paths {
            roots.push(path.canonicalize().map_err(|error| fail(path, error.to_string()))?);
        }
        let (sender, batches) = unbounded_channel();
        let wanted = roots.clone();
        let handle = move |result: DebounceEventResult| {
            let batch = match result {
                Ok(events) => Ok(changes(&events, &wanted)),
                Err(errors) => Err(errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")),
            };
            if !matches!(&batch, Ok(changes) if changes.is_empty()) {
                // The receiver is gone only when the watch is.
                let _ = sender.send(batch);
            }
        };
        let none = Path::new("the file system");
        let mut debouncer =
            new_debouncer(options.debounce, None, handle).map_err(|error| fail(none, error.to_string()))?;
        for root in &roots {
            // A file is watched by its folder: editors replace files, and a watch on one would end with it.
            let (target, mode) = if root.is_dir() {
                (root.as_path(), RecursiveMode::Recursive)
            } else {
                (root.parent().unwrap_or(root), RecursiveMode::NonRecursive)
            };
            debouncer.watch(target, mode).map_err(|error| fail(root, error.to_string()))?;
        }
        Ok(Self { batches, _debouncer: debouncer })
    }

    pub(crate) async fn next(&mut self) -> Option<Batch> {
        self.batches.recv().await
    }
}

/// One change a path, the last kind of it, in the order of the paths.
fn changes(events: &[DebouncedEvent], roots: &[PathBuf]) -> Vec<Change> {
    let mut changes = BTreeMap::new();
    for event in events {
        let kinds: &[ChangeKind] = match event.kind {
            EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(RenameMode::To)) => {
                &[ChangeKind::Created]
            }
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From)) => {
                &[ChangeKind::Removed]
            }
            EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => {
                &[ChangeKind::Removed, ChangeKind::Created]
            }
            EventKind::Modify(_) => &[ChangeKind::Modified],
            _ => continue,
        };
        for (index, path) in event.paths.iter().enumerate() {
            if roots.iter().any(|root| path.starts_with(root)) {
                let kind = kinds[index.min(kinds.len() - 1)];
                let first = changes.entry(path.clone()).or_insert(kind);
                // What is new and then written is new; what is gone and back is changed.
                *first = match (*first, kind) {
                    (ChangeKind::Created, ChangeKind::Modified) => ChangeKind::Created,
                    (ChangeKind::Removed, ChangeKind::Created) => ChangeKind::Modified,
                    (_, kind) => kind,
                };
            }
        }
    }
    changes.into_iter().map(|(path, kind)| Change { path, kind }).collect()
}
